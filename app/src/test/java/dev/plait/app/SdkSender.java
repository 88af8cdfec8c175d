package dev.plait.app;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Spans through one of the SDK's exporters, one after the other, until it is told to finish; remembers which were acknowledged. */
final class SdkSender {
    private final String prefix;
    private final SpanExporter exporter;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean finished;

    SdkSender(String prefix, SpanExporter exporter) {
        this.prefix = prefix;
        this.exporter = exporter;
        this.thread = new Thread(this::send, "send-" + prefix);
        thread.setDaemon(true);
        thread.start();
    }

    /** Names of spans whose export succeeded. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** Waits until {@code count} more spans have been acknowledged. */
    void awaitMore(int count) {
        int wanted = acknowledged.size() + count;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (acknowledged.size() < wanted) {
            if (System.nanoTime() > end) {
                throw new AssertionError(prefix + ": " + acknowledged.size() + " spans acknowledged, not " + wanted);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    private void send() {
        for (int i = 0; !finished; i++) {
            String name = prefix + "-" + i + "-";
            if (exporter.export(List.of(span(name))).join(60, TimeUnit.SECONDS).isSuccess()) {
                acknowledged.add(name);
            }
        }
    }

    private static SpanData span(String name) {
        AtomicReference<SpanData> made = new AtomicReference<>();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(new Keeping(made)))
                .build()) {
            provider.get("sender").spanBuilder(name).startSpan().end();
        }
        return made.get();
    }

    private record Keeping(AtomicReference<SpanData> made) implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            spans.forEach(made::set);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    /** Waits for the export that is under way; the last. */
    void finish() throws InterruptedException {
        finished = true;
        thread.join(TimeUnit.SECONDS.toMillis(PlaitProcess.PATIENCE_SECONDS));
        exporter.shutdown();
    }
}
