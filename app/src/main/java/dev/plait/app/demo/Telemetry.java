package dev.plait.app.demo;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What one service measures itself with: an SDK of its own with its own resource, W3C propagation, batches of a second. The
 * duration histogram is recorded inside the span, so that its points carry exemplars.
 */
final class Telemetry implements AutoCloseable {
    private static final Duration BATCH_DELAY = Duration.ofSeconds(1);
    private static final Duration METRIC_INTERVAL = Duration.ofSeconds(5);
    private static final TextMapPropagator PROPAGATOR = W3CTraceContextPropagator.getInstance();

    private final SdkTracerProvider tracers;
    private final SdkLoggerProvider loggers;
    private final SdkMeterProvider meters;
    private final Tracer tracer;
    private final Logger logger;
    private final DoubleHistogram durations;

    Telemetry(Attributes resource, String scope, String scopeVersion, OtlpExport export) {
        Resource identity = Resource.create(resource);
        this.tracers = SdkTracerProvider.builder()
                .setResource(identity)
                .addSpanProcessor(BatchSpanProcessor.builder(export.spans())
                        .setScheduleDelay(BATCH_DELAY)
                        .build())
                .build();
        this.loggers = SdkLoggerProvider.builder()
                .setResource(identity)
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(export.logs())
                        .setScheduleDelay(BATCH_DELAY)
                        .build())
                .build();
        this.meters = SdkMeterProvider.builder()
                .setResource(identity)
                .registerMetricReader(PeriodicMetricReader.builder(export.metrics())
                        .setInterval(METRIC_INTERVAL)
                        .build())
                .build();
        this.tracer = tracers.tracerBuilder(scope)
                .setInstrumentationVersion(scopeVersion)
                .build();
        this.logger = loggers.get(scope);
        this.durations = meters.get(scope)
                .histogramBuilder("http.server.request.duration")
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(List.of(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5))
                .build();
    }

    /** Of an application service. */
    static Telemetry ofService(String name, OtlpExport export) {
        Attributes resource = Attributes.builder()
                .put("service.name", name)
                .put("service.namespace", "shop")
                .put("service.version", "1.4.2")
                .put("service.instance.id", name + "-0")
                .put("deployment.environment.name", "demo")
                .build();
        return new Telemetry(resource, "dev.plait.demo." + name, "1.4.2", export);
    }

    Tracer tracer() {
        return tracer;
    }

    /** A log record in the current span. */
    void log(Severity severity, String body, Attributes attributes) {
        logger.logRecordBuilder()
                .setSeverity(severity)
                .setSeverityText(severity.name())
                .setBody(body)
                .setAllAttributes(attributes)
                .emit();
    }

    /** The duration of a server's request, in the current span. */
    void recordDuration(long nanos, Attributes attributes) {
        durations.record(nanos / 1e9, attributes);
    }

    Context extract(Headers headers) {
        return PROPAGATOR.extract(Context.current(), headers, Headers.GETTER);
    }

    void inject(Headers headers) {
        PROPAGATOR.inject(Context.current(), headers, Headers.SETTER);
    }

    /** Does {@code work} inside {@code span}, which ends with it. */
    static <T> T within(Span span, Supplier<T> work) {
        try {
            return Context.current().with(span).wrapSupplier(work).get();
        } finally {
            span.end();
        }
    }

    static void within(Span span, Runnable work) {
        try {
            Context.current().with(span).wrap(work).run();
        } finally {
            span.end();
        }
    }

    /** Sends what is waiting. */
    void flush() {
        CompletableResultCode.ofAll(List.of(tracers.forceFlush(), loggers.forceFlush(), meters.forceFlush()))
                .join(2, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        CompletableResultCode.ofAll(List.of(tracers.shutdown(), loggers.shutdown(), meters.shutdown()))
                .join(2, TimeUnit.SECONDS);
    }
}
