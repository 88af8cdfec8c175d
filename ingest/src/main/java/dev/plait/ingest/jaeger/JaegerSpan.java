package dev.plait.ingest.jaeger;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.span.SpanOutput;
import dev.plait.ingest.span.SpanRecord;
import dev.plait.ingest.span.SpanText;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.TraceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Jaeger span while its fields are read, in any order and from either encoding, and what it means in OTLP:
 *
 * <ul>
 *   <li>The first CHILD_OF reference within the trace is the parent, else the first FOLLOWS_FROM one; the others are links.
 *   <li>Logs are events, named by their field {@code event}; an {@code error} is an exception.
 *   <li>Tag {@code error}, if true, means status ERROR; else {@code otel.status_code} is the status.
 *   <li>A span always has a duration: it is written when it has ended. Flag 1 is "sampled", as in W3C's.
 * </ul>
 *
 * Source: jaegertracing/jaeger-idl proto/api_v2/model.proto; OpenTelemetry specification, trace/sdk_exporters/jaeger.md;
 * collector contrib, pkg/translator/jaeger/jaegerproto_to_traces.go.
 */
final class JaegerSpan {
    /** A reference to another span. */
    record Reference(Optional<TraceId> trace, long spanId, boolean followsFrom) {}

    private static final String NO_SERVICE = "OTLPResourceNoServiceName";
    private static final Map<String, String> EXCEPTION_FIELDS =
            Map.of("error.kind", "exception.type", "message", "exception.message", "stack", "exception.stacktrace");

    private static final String REFERENCE_TYPE = "opentracing.ref_type";

    private final SpanOutput output;
    private final List<Reference> references = new ArrayList<>();
    private final Map<String, Object> processTags = new LinkedHashMap<>();
    private Optional<TraceId> trace = Optional.empty();
    private long id;
    private long startNanos;
    private long durationNanos;
    private String service = "";

    JaegerSpan(SpanOutput output) {
        this.output = output;
    }

    void clear() {
        references.clear();
        processTags.clear();
        trace = Optional.empty();
        id = 0;
        startNanos = 0;
        durationNanos = 0;
        service = "";
    }

    /** Empty for an ID that is none. */
    void trace(Optional<TraceId> traceId) {
        trace = traceId;
    }

    /** 0 for an ID that is none. */
    void id(long spanId) {
        id = spanId;
    }

    boolean hasId() {
        return id != 0;
    }

    void reference(Reference reference) {
        references.add(reference);
    }

    /** 0 when unknown. */
    void start(long epochNanos) {
        startNanos = epochNanos;
    }

    void duration(long nanos) {
        durationNanos = nanos;
    }

    void service(String name) {
        service = name;
    }

    /** The tags of the process, to be filled. */
    Map<String, Object> processTags() {
        return processTags;
    }

    /** Adds a log with the fields it has: an error, as OpenTracing has it, becomes an exception as OpenTelemetry has it. */
    void log(SpanRecord span, long epochNanos, Map<String, Object> fields) {
        Object event = fields.remove("event");
        Map<String, Object> attributes = fields;
        if ("error".equals(event)) {
            attributes = new LinkedHashMap<>();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                attributes.put(EXCEPTION_FIELDS.getOrDefault(field.getKey(), field.getKey()), field.getValue());
            }
            event = "exception";
        }
        Object name = event != null ? event : fields.getOrDefault("message", "log");
        span.event(epochNanos, output.cut(name.toString(), SpanText.MAX_NAME), attributes);
    }

    /** Completes {@code span}, whose name and tags were set as they were read; why it is refused instead. */
    Optional<Problem> finish(SpanRecord span) {
        if (trace.isEmpty() || id == 0) {
            return Optional.of(
                    new Problem(Reason.BAD_ID, "Bad ID: trace or span ID is missing, zero or of another size"));
        }
        span.ids(trace.get(), id);
        times(span);
        kind(span);
        status(span);
        references(span, trace.get());
        process(span);
        return Optional.empty();
    }

    private void times(SpanRecord span) {
        boolean beyond = durationNanos < 0 || durationNanos > Long.MAX_VALUE - startNanos;
        if (beyond) {
            output.normalised("bad_time");
        }
        span.times(startNanos, startNanos == 0 || beyond ? 0 : startNanos + durationNanos);
    }

    private static void kind(SpanRecord span) {
        switch (span.takeText("span.kind").toLowerCase(Locale.ROOT)) {
            case "client" -> span.kind(SpanKind.CLIENT);
            case "server" -> span.kind(SpanKind.SERVER);
            case "producer" -> span.kind(SpanKind.PRODUCER);
            case "consumer" -> span.kind(SpanKind.CONSUMER);
            default -> span.kind(SpanKind.INTERNAL);
        }
    }

    /** Only true fails the span: OpenTracing's libraries write false as well. A text is a reason, as in Zipkin. */
    private static void status(SpanRecord span) {
        String code = span.takeText("otel.status_code");
        String description = span.takeText("otel.status_description");
        String error = span.takeText("error");
        boolean failed = !error.isEmpty() && !error.equalsIgnoreCase("false") && !error.equals("0");
        if (failed) {
            span.error(error.equalsIgnoreCase("true") || error.equals("1") ? description : error);
        } else {
            span.status(code, description);
        }
    }

    private void references(SpanRecord span, TraceId own) {
        Optional<Reference> parent = parent(own, false).or(() -> parent(own, true));
        parent.ifPresent(reference -> span.parent(reference.spanId));
        boolean taken = false;
        for (Reference reference : references) {
            if (!taken && parent.filter(reference::equals).isPresent()) {
                taken = true;
            } else if (reference.trace.isPresent() && reference.spanId != 0) {
                String type = reference.followsFrom ? "follows_from" : "child_of";
                span.link(
                        new SpanRecord.Link(reference.trace.get(), reference.spanId, "", Map.of(REFERENCE_TYPE, type)));
            } else {
                output.normalised("bad_reference");
            }
        }
    }

    /** Clients that knew only half of the trace's ID may have written the reference. */
    private Optional<Reference> parent(TraceId own, boolean followsFrom) {
        return references.stream()
                .filter(reference -> reference.followsFrom == followsFrom && reference.spanId != 0)
                .filter(reference -> reference
                        .trace
                        .filter(other -> other.low() == own.low()
                                && (other.high() == own.high() || other.high() == 0 || own.high() == 0))
                        .isPresent())
                .findFirst();
    }

    private void process(SpanRecord span) {
        if (!service.isEmpty() && !service.equals(NO_SERVICE)) {
            span.resource("service.name", service);
        }
        processTags.forEach((key, value) -> {
            String name = key.equals("hostname") && !processTags.containsKey("host.name") ? "host.name" : key;
            if (!name.equals("service.name") || service.isEmpty()) {
                span.resource(name, value);
            }
        });
    }
}
