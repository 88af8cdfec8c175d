package dev.plait.app.demo;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;

/** Takes placed orders off the queue, some time after their request was answered. Runs in a thread of its own. */
final class Shipping implements Runnable {
    private static final Latency WAITING = Latency.ofMillis(5, 40);
    private static final Latency PACKING = Latency.ofMillis(5, 30);

    private final Telemetry telemetry;
    private final OrderQueue queue;

    Shipping(Telemetry telemetry, OrderQueue queue) {
        this.telemetry = telemetry;
        this.queue = queue;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Headers message = queue.take();
                WAITING.pass();
                process(message);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void process(Headers message) {
        Span span = telemetry
                .tracer()
                .spanBuilder("process " + OrderQueue.NAME)
                .setParent(telemetry.extract(message))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.destination.name", OrderQueue.NAME)
                .startSpan();
        Telemetry.within(span, () -> {
            PACKING.pass();
            telemetry.log(Severity.INFO, "parcel packed", Attributes.empty());
        });
    }
}
