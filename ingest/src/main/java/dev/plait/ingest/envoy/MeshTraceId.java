package dev.plait.ingest.envoy;

import dev.plait.ingest.traceid.Datadog;
import dev.plait.ingest.traceid.PropagationHeaders;
import dev.plait.ingest.traceid.TraceIdText;
import dev.plait.schemas.model.TraceId;
import java.util.Optional;

/**
 * The trace ID of one line. A column or key that only says "trace ID" is read by its looks, as Kuma puts whichever header came
 * into one column; a key that names a form is read in that form, and a number is a decimal only under Datadog's. The first
 * readable one counts: the plain key, then headers in the order of {@link PropagationHeaders}.
 */
final class MeshTraceId {
    private final PropagationHeaders headers = new PropagationHeaders();
    private Optional<TraceId> plain = Optional.empty();
    private Optional<TraceId> datadog = Optional.empty();
    private boolean any;

    void clear() {
        headers.clear();
        plain = Optional.empty();
        datadog = Optional.empty();
        any = false;
    }

    /** Whether anything that should be a trace ID was there. */
    boolean isAny() {
        return any;
    }

    void add(Column column, String text) {
        any = true;
        switch (column) {
            case TRACE_ID -> plain = plain.or(() -> TraceIdText.parse(first(text)));
            case TRACEPARENT -> headers.add("traceparent", text);
            case B3 -> headers.add("b3", text);
            case B3_TRACE_ID -> headers.add("x-b3-traceid", first(text));
            case JAEGER -> headers.add("uber-trace-id", text);
            case XRAY -> headers.add("x-amzn-trace-id", text);
            case CLOUD_TRACE -> headers.add("x-cloud-trace-context", text);
            case DATADOG -> datadog = Datadog.logTraceId(first(text));
            default -> throw new IllegalStateException(column + " holds no trace ID");
        }
    }

    Optional<TraceId> pick() {
        return plain.or(headers::traceId).or(() -> datadog);
    }

    /** Of headers that a proxy joined, {@code a,b}, the first. */
    private static String first(String text) {
        int comma = text.indexOf(',');
        return comma < 0 ? text : text.substring(0, comma);
    }
}
