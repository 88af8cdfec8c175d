package dev.plait.ingest.zipkin;

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
import dev.plait.ingest.traceid.ZipkinTraceId;
import dev.plait.schemas.model.SpanKind;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads one span of Zipkin v2 JSON, whatever the order of its members; members that are not known are passed over. A span of
 * v1, told by its binary annotations or by endpoints within its annotations, is refused as such. Source: openzipkin/zipkin-api
 * zipkin2-api.yaml, zipkin-api.yaml.
 */
final class JsonSpanReader implements JsonSpans.Reader {
    private static final Optional<Problem> V1 = wrong("a Zipkin v1 span; only v2 is read,");
    private static final Optional<Problem> NOT_ZIPKIN = wrong("no ID of a Zipkin span");
    private static final Optional<Problem> JAEGER = wrong("a span of Jaeger's, not of Zipkin's,");
    private static final int TRACE_ID = 1;
    private static final int ID = 2;
    private static final double MAX_EXACT = 1L << 53;
    private static final long NO_NUMBER = -1;

    private final SpanOutput output;
    private final ZipkinSpan zipkin;
    private final JsonMembers localEndpoint;
    private final JsonMembers remoteEndpoint;
    private Optional<Problem> problem = Optional.empty();
    private int members;
    private boolean v1;
    private boolean jaeger;

    JsonSpanReader(SpanOutput output) {
        this.output = output;
        zipkin = new ZipkinSpan(output);
        localEndpoint = (name, parser) -> endpoint(zipkin.local, name, parser);
        remoteEndpoint = (name, parser) -> endpoint(zipkin.remote, name, parser);
    }

    @Override
    public Optional<Problem> read(JsonParser parser, SpanRecord span) throws IOException {
        zipkin.clear();
        problem = Optional.empty();
        members = 0;
        v1 = false;
        jaeger = false;
        JsonMembers.read(parser, (name, in) -> member(span, name, in));
        if (v1) {
            return V1;
        }
        if ((members & (TRACE_ID | ID)) == 0) {
            return NOT_ZIPKIN;
        }
        if (jaeger && (members & ID) == 0) {
            return JAEGER;
        }
        return problem.isPresent() ? problem : zipkin.finish(span);
    }

    private void member(SpanRecord span, String name, JsonParser parser) throws IOException {
        switch (name) {
            case "traceId" ->
                once(TRACE_ID, () -> text(name, parser).ifPresent(id -> zipkin.trace(ZipkinTraceId.parse(id))));
            case "id" -> once(ID, () -> text(name, parser).ifPresent(id -> zipkin.id(ZipkinTraceId.span(id))));
            case "parentId" -> once(4, () -> text(name, parser).ifPresent(id -> zipkin.parent(ZipkinTraceId.span(id))));
            case "name" ->
                once(8, () -> text(name, parser).ifPresent(t -> span.name(output.cut(t, SpanText.MAX_NAME))));
            case "kind" -> once(16, () -> text(name, parser).ifPresent(kind -> kind(span, kind)));
            case "timestamp" -> once(32, () -> zipkin.timestamp(number(name, parser)));
            case "duration" -> once(64, () -> zipkin.duration(number(name, parser)));
            case "localEndpoint" -> once(128, () -> required(name, JsonMembers.read(parser, localEndpoint)));
            case "remoteEndpoint" -> once(256, () -> required(name, JsonMembers.read(parser, remoteEndpoint)));
            case "tags" ->
                once(512, () -> required(name, JsonMembers.read(parser, (key, value) -> tag(span, key, value))));
            case "annotations" -> required(name, JsonMembers.readAll(parser, (none, entry) -> annotation(entry)));
            case "debug" -> flag(name, parser);
            case "shared" -> zipkin.shared(flag(name, parser));
            case "spanId", "operationName" -> {
                jaeger = true;
                parser.skipChildren();
            }
            case "binaryAnnotations" -> {
                v1 = true;
                parser.skipChildren();
            }
            default -> parser.skipChildren();
        }
    }

    private void kind(SpanRecord span, String text) {
        Optional<SpanKind> kind = ZipkinSpan.kind(text);
        kind.ifPresent(span::kind);
        if (kind.isEmpty() && !text.isEmpty()) {
            output.normalised("bad_kind");
        }
    }

    private void endpoint(ZipkinEndpoint endpoint, String name, JsonParser parser) throws IOException {
        switch (name) {
            case "serviceName" -> text(name, parser).ifPresent(endpoint::service);
            case "ipv4" -> text(name, parser).ifPresent(endpoint::ipv4);
            case "ipv6" -> text(name, parser).ifPresent(endpoint::ipv6);
            case "port" -> {
                double port = parser.currentToken() == JsonToken.VALUE_NULL ? 0 : JsonScalar.number(parser);
                endpoint.port(port >= 0 && port == (long) port ? (long) port : NO_NUMBER);
            }
            default -> parser.skipChildren();
        }
    }

    private void tag(SpanRecord span, String key, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            zipkin.tag(span, key, parser.getText());
        } else {
            parser.skipChildren();
            problem(Reason.WRONG_TYPE, "Wrong type: a tag is no string");
        }
    }

    private void annotation(JsonParser parser) throws IOException {
        long[] timestamp = {0};
        String[] value = {""};
        boolean read = parser.currentToken() == JsonToken.START_OBJECT
                && JsonMembers.read(parser, (name, in) -> {
                    switch (name) {
                        case "timestamp" -> timestamp[0] = number(name, in);
                        case "value" ->
                            text(name, in).ifPresent(text -> value[0] = output.cut(text, SpanText.MAX_VALUE));
                        case "endpoint" -> {
                            v1 = true;
                            in.skipChildren();
                        }
                        default -> in.skipChildren();
                    }
                });
        if (read) {
            zipkin.annotation(timestamp[0], value[0]);
        } else {
            parser.skipChildren();
            problem(Reason.WRONG_TYPE, "Wrong type: an annotation is no object");
        }
    }

    private Optional<String> text(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(parser.getText());
        }
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            parser.skipChildren();
            problem(Reason.WRONG_TYPE, "Wrong type: " + name + " is no string");
        }
        return Optional.empty();
    }

    private boolean flag(String name, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (!token.isBoolean() && token != JsonToken.VALUE_NULL) {
            parser.skipChildren();
            problem(Reason.WRONG_TYPE, "Wrong type: " + name + " is neither true nor false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** A whole number of microseconds, also as text or with an exponent; 0 when it is absent. */
    private long number(String name, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return 0;
        }
        if (token == JsonToken.VALUE_STRING) {
            output.normalised("number_text");
        }
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long whole = parser.getLongValue();
            if (whole >= 0) {
                return whole;
            }
        }
        double number = JsonScalar.number(parser);
        if (number >= 0 && number <= MAX_EXACT && number == Math.rint(number)) {
            return (long) number;
        }
        problem(Reason.BAD_TIME, "Bad time: " + name + " is no whole number of microseconds");
        return 0;
    }

    private interface Read {
        void run() throws IOException;
    }

    private void once(int member, Read read) throws IOException {
        if ((members & member) != 0) {
            output.normalised("duplicate_key");
        }
        members |= member;
        read.run();
    }

    private void required(String name, boolean read) {
        if (!read) {
            problem(Reason.WRONG_TYPE, "Wrong type: " + name + " is of another JSON type");
        }
    }

    private static Optional<Problem> wrong(String detail) {
        return Optional.of(new Problem(Reason.WRONG_FORMAT, "Wrong format: " + detail));
    }

    private void problem(Reason reason, String detail) {
        if (problem.isEmpty()) {
            problem = Optional.of(new Problem(reason, detail));
        }
    }
}
