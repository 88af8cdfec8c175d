package dev.plait.ingest.traceid;

import dev.plait.schemas.model.TraceId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the propagation headers of one request, in any order, and tells the trace they name. When several forms are there
 * the first readable one counts, in the order traceparent, b3 (without it what tracestate holds for it), X-B3-*, uber-trace-id,
 * Datadog, X-Ray, Google, OpenTracing, Instana. Reused after {@link #clear}; not thread safe.
 *
 * <p>A header given twice counts with its first value, except traceparent: twice is invalid by its specification.
 */
public final class PropagationHeaders {
    private static final String ABSENT = "";

    private enum Header {
        TRACEPARENT,
        B3,
        TRACESTATE,
        B3_TRACE,
        B3_SPAN,
        B3_PARENT,
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
        INSTANA_LEVEL
    }

    private static final Map<String, Header> BY_NAME = Map.ofEntries(
            Map.entry("traceparent", Header.TRACEPARENT),
            Map.entry("b3", Header.B3),
            Map.entry("tracestate", Header.TRACESTATE),
            Map.entry("x-b3-traceid", Header.B3_TRACE),
            Map.entry("x-b3-spanid", Header.B3_SPAN),
            Map.entry("x-b3-parentspanid", Header.B3_PARENT),
            Map.entry("x-b3-sampled", Header.B3_SAMPLED),
            Map.entry("x-b3-flags", Header.B3_FLAGS),
            Map.entry("uber-trace-id", Header.JAEGER),
            Map.entry("x-datadog-trace-id", Header.DATADOG_TRACE),
            Map.entry("x-datadog-parent-id", Header.DATADOG_PARENT),
            Map.entry("x-datadog-tags", Header.DATADOG_TAGS),
            Map.entry("x-datadog-sampling-priority", Header.DATADOG_PRIORITY),
            Map.entry("x-amzn-trace-id", Header.XRAY),
            Map.entry("x-cloud-trace-context", Header.CLOUD_TRACE),
            Map.entry("ot-tracer-traceid", Header.OT_TRACE),
            Map.entry("ot-tracer-spanid", Header.OT_SPAN),
            Map.entry("ot-tracer-sampled", Header.OT_SAMPLED),
            Map.entry("x-instana-t", Header.INSTANA_TRACE),
            Map.entry("x-instana-s", Header.INSTANA_SPAN),
            Map.entry("x-instana-l", Header.INSTANA_LEVEL));

    private final Map<Header, String> values = new EnumMap<>(Header.class);

    public void clear() {
        if (!values.isEmpty()) {
            values.clear();
        }
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether {@link #add} keeps a header of this name, which is in lower case. */
    public static boolean isPropagation(String lowerCaseName) {
        return BY_NAME.containsKey(lowerCaseName);
    }

    /** Takes a header if it is one of these; the case of its name and blanks around its value do not matter. */
    public void add(String name, String value) {
        Header header = BY_NAME.get(name.toLowerCase(Locale.ROOT));
        if (header == null) {
            return;
        }
        if (header == Header.TRACESTATE) {
            String b3 = B3.inTracestate(value);
            if (!b3.isEmpty()) {
                values.putIfAbsent(header, b3);
            }
            return;
        }
        String first = values.putIfAbsent(header, value.strip());
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
                .or(() -> B3.single(values.getOrDefault(Header.B3, value(Header.TRACESTATE))))
                .or(() -> B3.multi(
                        value(Header.B3_TRACE),
                        value(Header.B3_SPAN),
                        value(Header.B3_PARENT),
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
        return values.isEmpty() ? Optional.empty() : context().map(PropagatedContext::traceId);
    }

    private String value(Header header) {
        return values.getOrDefault(header, ABSENT);
    }
}
