package dev.plait.ingest.jaeger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.JsonScalar;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.span.JsonMembers;
import dev.plait.ingest.span.JsonSpans;
import dev.plait.ingest.span.SpanOutput;
import dev.plait.ingest.span.SpanRecord;
import dev.plait.ingest.span.SpanText;
import dev.plait.schemas.model.TraceId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads one {@code jaeger.api_v2.Span} in protobuf's JSON: ids in base64 (hex is taken as well), times as text, enums by name or
 * number, members named as in the {@code .proto} file or in lower camel case. Source: jaegertracing/jaeger-idl
 * proto/api_v2/model.proto; protobuf, ProtoJSON format.
 */
final class JsonSpanReader implements JsonSpans.Reader {
    private static final Optional<Problem> NOT_JAEGER =
            Optional.of(new Problem(Reason.WRONG_FORMAT, "Wrong format: no field of a Jaeger span"));
    private static final Optional<Problem> ZIPKIN =
            Optional.of(new Problem(Reason.WRONG_FORMAT, "Wrong format: a span of Zipkin's, not of Jaeger's,"));

    /** Who writes ids alone beside members of other names, as programs do in logs, writes no span. */
    private static final Set<String> OWN = Set.of(
            "operationName",
            "operation_name",
            "references",
            "flags",
            "startTime",
            "start_time",
            "duration",
            "tags",
            "logs",
            "process",
            "processId",
            "process_id",
            "warnings");

    private final SpanOutput output;
    private final JaegerSpan jaeger;
    private final JsonTag tags;
    private Optional<Problem> problem = Optional.empty();
    private boolean any;
    private boolean own;
    private boolean foreign;
    private boolean zipkin;

    JsonSpanReader(SpanOutput output) {
        this.output = output;
        jaeger = new JaegerSpan(output);
        tags = new JsonTag(output);
    }

    @Override
    public Optional<Problem> read(JsonParser parser, SpanRecord span) throws IOException {
        jaeger.clear();
        problem = Optional.empty();
        any = false;
        own = false;
        foreign = false;
        zipkin = false;
        JsonMembers.read(parser, (name, in) -> member(span, name, in));
        if (zipkin && any && !jaeger.hasId()) {
            return ZIPKIN;
        }
        if (!any || foreign && !own) {
            return NOT_JAEGER;
        }
        return problem.isPresent() ? problem : jaeger.finish(span);
    }

    private void member(SpanRecord span, String name, JsonParser parser) throws IOException {
        own |= OWN.contains(name);
        switch (name) {
            case "traceId", "trace_id" -> {
                any = true;
                jaeger.trace(text(name, parser).flatMap(JsonIds::trace));
            }
            case "spanId", "span_id" -> {
                any = true;
                jaeger.id(text(name, parser).map(JsonIds::span).orElse(0L));
            }
            case "operationName", "operation_name" ->
                text(name, parser).ifPresent(text -> span.name(output.cut(text, SpanText.MAX_NAME)));
            case "references" -> list(name, parser, this::reference);
            case "flags" -> span.traceFlags((int) number(parser) & 1);
            case "startTime", "start_time" -> jaeger.start(time(name, parser, JaegerTime::moment));
            case "duration" -> jaeger.duration(time(name, parser, JaegerTime::duration));
            case "tags" -> list(name, parser, tag -> tags.read(tag, span::attribute));
            case "logs" -> list(name, parser, log -> log(span, log));
            case "process" -> require(name, JsonMembers.read(parser, this::process));
            case "id", "localEndpoint" -> {
                zipkin = true;
                parser.skipChildren();
            }
            default -> {
                foreign = true;
                parser.skipChildren();
            }
        }
    }

    private boolean reference(JsonParser parser) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        boolean read = JsonMembers.read(parser, (name, in) -> fields.put(name, JsonScalar.string(in)));
        Optional<TraceId> trace = JsonIds.trace(fields.getOrDefault("traceId", fields.getOrDefault("trace_id", "")));
        long span = JsonIds.span(fields.getOrDefault("spanId", fields.getOrDefault("span_id", "")));
        String type = fields.getOrDefault("refType", fields.getOrDefault("ref_type", ""));
        jaeger.reference(new JaegerSpan.Reference(trace, span, type.equals("FOLLOWS_FROM") || type.equals("1")));
        return read;
    }

    private boolean log(SpanRecord span, JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        long[] time = {0};
        boolean read = JsonMembers.read(parser, (name, in) -> {
            switch (name) {
                case "timestamp" -> time[0] = time(name, in, JaegerTime::moment);
                case "fields" ->
                    list(name, in, field -> tags.read(field, (key, value) -> fields.put(key, value) != null));
                default -> in.skipChildren();
            }
        });
        jaeger.log(span, time[0], fields);
        return read;
    }

    private void process(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "serviceName", "service_name" ->
                text(name, parser).ifPresent(text -> jaeger.service(output.cut(text, SpanText.MAX_NAME)));
            case "tags" ->
                list(
                        name,
                        parser,
                        tag -> tags.read(
                                tag, (key, value) -> jaeger.processTags().put(key, value) != null));
            default -> parser.skipChildren();
        }
    }

    /** Reads an entry of a list; false when it is of another type. */
    private interface Entry {
        boolean read(JsonParser parser) throws IOException;
    }

    private void list(String name, JsonParser parser, Entry entry) throws IOException {
        require(name, JsonMembers.readAll(parser, (none, in) -> require(name, entry.read(in))));
    }

    private interface TimeText {
        OptionalLong nanos(String text);
    }

    private long time(String name, JsonParser parser, TimeText times) throws IOException {
        Optional<String> text = text(name, parser);
        if (text.isEmpty()) {
            return 0;
        }
        OptionalLong nanos = times.nanos(text.get());
        if (nanos.isEmpty()) {
            output.normalised("bad_time");
        }
        return nanos.orElse(0);
    }

    private static long number(JsonParser parser) throws IOException {
        double number = JsonScalar.number(parser);
        return Double.isNaN(number) ? 0 : (long) number;
    }

    private Optional<String> text(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(parser.getText());
        }
        boolean absent = parser.currentToken() == JsonToken.VALUE_NULL;
        parser.skipChildren();
        require(name, absent);
        return Optional.empty();
    }

    private void require(String name, boolean read) {
        if (!read && problem.isEmpty()) {
            problem = Optional.of(new Problem(Reason.WRONG_TYPE, "Wrong type: " + name + " is of another JSON type"));
        }
    }
}
