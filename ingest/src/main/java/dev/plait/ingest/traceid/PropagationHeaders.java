package dev.plait.ingest.traceid;

import dev.plait.schemas.model.TraceId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the propagation headers of one request, in any order, and tells the trace they name. When several forms are there
 * the first readable one counts, in the order traceparent, b3, X-B3-*, uber-trace-id, Datadog, X-Ray, Google, OpenTracing,
 * Instana. Reused after {@link #clear}; not thread safe.
 *
 * <p>A header given twice counts with its first value, except traceparent: twice is invalid by its specification.
 */
public final class PropagationHeaders {
    private static final String ABSENT = "";

    private enum Header {
        TRACEPARENT,
        B3,
        B3_TRACE,
        B3_SPAN,
        B3_SAMPLED,
        B3_FLAGS,
        JAEGER,
        DATADOG_TRACE,
        DATADOG_PARENT,
        DATADOG_TAGS,
        DATADOG_PRIORITY,
        XRAY,
        CLOUD_TRACE,
        OT_TRACE,
        OT_SPAN,
        OT_SAMPLED,
        INSTANA_TRACE,
        INSTANA_SPAN,
        INSTANA_LEVEL,
        NONE
    }

    private final Map<Header, String> values = new EnumMap<>(Header.class);

    public void clear() {
        values.clear();
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether {@link #add} would keep this header; the name's case does not matter. */
    public static boolean isPropagation(String name) {
        return header(name) != Header.NONE;
    }

    public void add(String name, String value) {
        Header header = header(name);
        if (header == Header.NONE) {
            return;
        }
        String first = values.putIfAbsent(header, value);
        if (first != null && header == Header.TRACEPARENT) {
            values.put(header, "given twice");
        }
    }

    /** The context of the first form that can be read. */
    public Optional<PropagatedContext> context() {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        return Traceparent.parse(value(Header.TRACEPARENT))
                .or(() -> B3.single(value(Header.B3)))
                .or(() -> B3.multi(
                        value(Header.B3_TRACE),
                        value(Header.B3_SPAN),
                        value(Header.B3_SAMPLED),
                        value(Header.B3_FLAGS)))
                .or(() -> Jaeger.parse(value(Header.JAEGER)))
                .or(() -> Datadog.parse(
                        value(Header.DATADOG_TRACE),
                        value(Header.DATADOG_PARENT),
                        value(Header.DATADOG_TAGS),
                        value(Header.DATADOG_PRIORITY)))
                .or(() -> XRay.parse(value(Header.XRAY)))
                .or(() -> CloudTrace.parse(value(Header.CLOUD_TRACE)))
                .or(() -> OpenTracing.parse(value(Header.OT_TRACE), value(Header.OT_SPAN), value(Header.OT_SAMPLED)))
                .or(() -> Instana.parse(
                        value(Header.INSTANA_TRACE), value(Header.INSTANA_SPAN), value(Header.INSTANA_LEVEL)));
    }

    /** The trace of {@link #context}. */
    public Optional<TraceId> traceId() {
        return context().map(PropagatedContext::traceId);
    }

    private String value(Header header) {
        return values.getOrDefault(header, ABSENT);
    }

    private static Header header(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "traceparent" -> Header.TRACEPARENT;
            case "b3" -> Header.B3;
            case "x-b3-traceid" -> Header.B3_TRACE;
            case "x-b3-spanid" -> Header.B3_SPAN;
            case "x-b3-sampled" -> Header.B3_SAMPLED;
            case "x-b3-flags" -> Header.B3_FLAGS;
            case "uber-trace-id" -> Header.JAEGER;
            case "x-datadog-trace-id" -> Header.DATADOG_TRACE;
            case "x-datadog-parent-id" -> Header.DATADOG_PARENT;
            case "x-datadog-tags" -> Header.DATADOG_TAGS;
            case "x-datadog-sampling-priority" -> Header.DATADOG_PRIORITY;
            case "x-amzn-trace-id" -> Header.XRAY;
            case "x-cloud-trace-context" -> Header.CLOUD_TRACE;
            case "ot-tracer-traceid" -> Header.OT_TRACE;
            case "ot-tracer-spanid" -> Header.OT_SPAN;
            case "ot-tracer-sampled" -> Header.OT_SAMPLED;
            case "x-instana-t" -> Header.INSTANA_TRACE;
            case "x-instana-s" -> Header.INSTANA_SPAN;
            case "x-instana-l" -> Header.INSTANA_LEVEL;
            default -> Header.NONE;
        };
    }
}
