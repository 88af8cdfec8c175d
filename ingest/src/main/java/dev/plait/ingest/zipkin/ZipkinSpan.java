package dev.plait.ingest.zipkin;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.span.SpanOutput;
import dev.plait.ingest.span.SpanRecord;
import dev.plait.ingest.span.SpanText;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A Zipkin span while its fields are read, in any order and from either encoding, and what it means in OTLP:
 *
 * <ul>
 *   <li>The local endpoint names the service; the remote one gives {@code peer.service} and the peer's address, which is the client's for a server.
 *   <li>Tag {@code error}, whatever its value, means status ERROR; else {@code otel.status_code} is the status.
 *   <li>Annotations are events; what an exporter from OTLP wrote into one is read again, and links of its tags.
 *   <li>{@code shared} marks the server half of a span whose client half has the same ID, and says SERVER where no kind does.
 *       Its parent stays what it names: the client half's parent.
 * </ul>
 *
 * Source: openzipkin/zipkin-api zipkin2-api.yaml and zipkin.proto; OpenTelemetry specification, trace/sdk_exporters/zipkin.md.
 */
final class ZipkinSpan {
    private record Annotation(long timestamp, String value) {}

    /** What collectors write where a span has no service. */
    private static final String NO_SERVICE = "OTLPResourceNoServiceName";

    /** Tags of a collector: a link each, and the attribute whose value stands for the name of the service. */
    private static final String LINK = "otlp.link.";

    private static final String SERVICE_SOURCE = "otlp.service.name.source";
    private static final int MAX_LINKS = 128;

    final ZipkinEndpoint local;
    final ZipkinEndpoint remote;
    private final SpanOutput output;
    private final ZipkinTime time;
    private final List<Annotation> annotations = new ArrayList<>();
    private Optional<TraceId> trace = Optional.empty();
    private long id;
    private Optional<Long> parent = Optional.empty();
    private long timestamp;
    private long duration;
    private boolean shared;

    ZipkinSpan(SpanOutput output) {
        this.output = output;
        local = new ZipkinEndpoint(output);
        remote = new ZipkinEndpoint(output);
        time = new ZipkinTime(output);
    }

    void clear() {
        local.clear();
        remote.clear();
        annotations.clear();
        trace = Optional.empty();
        id = 0;
        parent = Optional.empty();
        timestamp = 0;
        duration = 0;
        shared = false;
    }

    /** Empty for an ID that is none. */
    void trace(Optional<TraceId> traceId) {
        trace = traceId;
    }

    /** 0 for an ID that is none. */
    void id(long spanId) {
        id = spanId;
    }

    /** 0 for an ID that is there and is none. */
    void parent(long spanId) {
        parent = Optional.of(spanId);
    }

    /** Epoch microseconds, not negative. */
    void timestamp(long micros) {
        timestamp = micros;
    }

    /** Microseconds, not negative. */
    void duration(long micros) {
        duration = micros;
    }

    void shared(boolean is) {
        shared = is;
    }

    void annotation(long micros, String value) {
        annotations.add(new Annotation(micros, value));
    }

    /** Completes {@code span}, whose name, kind and tags were set as they were read; why it is refused instead. */
    Optional<Problem> finish(SpanRecord span) {
        if (trace.isEmpty() || id == 0) {
            return Optional.of(new Problem(Reason.BAD_ID, "Bad ID: traceId or id is missing, zero or not hexadecimal"));
        }
        span.ids(trace.get(), id);
        parent.ifPresent(span::parent);
        time.span(span, timestamp, duration);
        kind(span);
        status(span);
        service(span);
        peer(span);
        links(span);
        for (Annotation annotation : annotations) {
            long moment = time.moment(annotation.timestamp);
            if (moment == 0) {
                output.normalised("no_annotation_time");
            }
            AnnotationText event = AnnotationText.of(annotation.value);
            span.event(moment == 0 ? span.startNanos() : moment, event.name(), event.attributes());
        }
        return Optional.empty();
    }

    private void kind(SpanRecord span) {
        Optional<SpanKind> tagged = span.take("span.kind").flatMap(text -> ZipkinSpan.kind(text.toString()));
        if (span.kind().isEmpty()) {
            tagged.ifPresent(span::kind);
        }
        if (!shared) {
            return;
        }
        if (span.kind().isEmpty()) {
            output.normalised("shared_kind");
            span.kind(SpanKind.SERVER);
        }
        if (span.kind()
                .filter(kind -> kind == SpanKind.SERVER || kind == SpanKind.CONSUMER)
                .isPresent()) {
            span.shared();
        } else {
            output.normalised("shared_kind");
        }
    }

    /** Of its name in any case; empty for any other text. */
    static Optional<SpanKind> kind(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "CLIENT" -> Optional.of(SpanKind.CLIENT);
            case "SERVER" -> Optional.of(SpanKind.SERVER);
            case "PRODUCER" -> Optional.of(SpanKind.PRODUCER);
            case "CONSUMER" -> Optional.of(SpanKind.CONSUMER);
            case "INTERNAL" -> Optional.of(SpanKind.INTERNAL);
            default -> Optional.empty();
        };
    }

    /** The error tag stays, as its text is a reason to show. */
    private static void status(SpanRecord span) {
        String code = span.takeText("otel.status_code");
        String description = span.takeText("otel.status_description");
        Optional<Object> error = span.take("error");
        if (error.isPresent()) {
            String told = error.get().toString();
            boolean bare = told.isEmpty() || told.equals("true") || told.equals("false");
            span.error(bare ? description : told);
            span.attribute("error", told);
        } else {
            span.status(code, description);
        }
    }

    private void service(SpanRecord span) {
        String source = span.takeText(SERVICE_SOURCE);
        if (!local.service().isEmpty() && !local.service().equals(NO_SERVICE)) {
            span.resource("service.name", local.service());
            if (!source.isEmpty()) {
                span.resource(source, local.service());
            }
        }
        if (!local.address().isEmpty()) {
            absent(span, "network.local.address", local.address());
        }
        if (local.port() != 0) {
            absent(span, "network.local.port", local.port());
        }
    }

    private void peer(SpanRecord span) {
        if (!remote.service().isEmpty()) {
            absent(span, "peer.service", remote.service());
        }
        if (!remote.address().isEmpty()) {
            absent(span, "network.peer.address", remote.address());
        }
        if (remote.port() != 0) {
            absent(span, "network.peer.port", remote.port());
        }
        if (span.kind().filter(SpanKind.SERVER::equals).isPresent()
                && !remote.address().isEmpty()) {
            absent(span, "client.address", remote.address());
        }
    }

    /** A collector numbers them from 0. What is no link stays a tag. */
    private static void links(SpanRecord span) {
        for (int i = 0; i < MAX_LINKS; i++) {
            String key = LINK + i;
            Optional<SpanRecord.Link> link = span.take(key)
                    .map(Object::toString)
                    .flatMap(text -> {
                        Optional<SpanRecord.Link> read = LinkText.of(text);
                        if (read.isEmpty()) {
                            span.attribute(key, text);
                        }
                        return read;
                    });
            if (link.isEmpty()) {
                return;
            }
            span.link(link.get());
        }
    }

    private static void absent(SpanRecord span, String key, Object value) {
        if (!span.has(key)) {
            span.attribute(key, value);
        }
    }

    /** Adds a tag; the last of one key counts. */
    void tag(SpanRecord span, String key, String value) {
        if (span.attribute(key, output.cut(value, SpanText.MAX_VALUE))) {
            output.normalised("duplicate_key");
        }
    }
}
