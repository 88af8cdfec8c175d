package dev.plait.ingest.otlp;

import static dev.plait.ingest.otlp.Samples.attribute;
import static dev.plait.ingest.otlp.Samples.list;
import static dev.plait.ingest.otlp.Samples.logs;
import static dev.plait.ingest.otlp.Samples.metrics;
import static dev.plait.ingest.otlp.Samples.number;
import static dev.plait.ingest.otlp.Samples.span;
import static dev.plait.ingest.otlp.Samples.text;
import static dev.plait.ingest.otlp.Samples.traces;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.re2j.Pattern;
import dev.plait.ingest.Decoder;
import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.wire.ProtoWriter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No byte of a secret, here {@code s3cr3t}, is handed over, and every message stays one. */
class RedactionTest {
    private static final String SECRET = "s3cr3t";
    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.czNjcjN0";

    @Test
    void spanAttributes_areCoveredByTheirKey() throws InvalidProtocolBufferException {
        Span span = span().addAttributes(text("http.request.header.authorization", "Bearer " + SECRET))
                .addAttributes(attribute("http.request.header.cookie", list(SECRET, "a=" + SECRET)))
                .addAttributes(text("url.full", "https://u:" + SECRET + "@h/a?b=1&access_token=" + SECRET))
                .addAttributes(text("url.query", "sig=" + SECRET + "&b=1"))
                .addAttributes(text("http.target", "/a?apikey=" + SECRET))
                .addAttributes(attribute("password", AnyValue.newBuilder().setBytesValue(utf8(SECRET))))
                .addAttributes(text("jwt.in.any", "x"))
                .addAttributes(text("any", "to " + JWT))
                .addAttributes(number("secret.number", 7))
                .addAttributes(text("db.statement", "select 1"))
                .addAttributes(text("db.query.text", "select 1 where token='" + SECRET + "'"))
                .addAttributes(text("env", "pwd=" + SECRET))
                .addAttributes(attribute("args", list("a", "token=" + SECRET)))
                .addAttributes(
                        attribute("process.command_args", list("run", "--password", SECRET, "--token", "-v", "x")))
                .setTraceState("vendor=a,token=" + SECRET)
                .build();

        RecordingSink sink = decoded(OtlpDecoder.traces(), traces(span));

        Span covered = Span.parseFrom(sink.onlyItem().bytes());
        assertThat(shown(covered.getAttributesList()))
                .containsEntry("http.request.header.authorization", "*************")
                .containsEntry("http.request.header.cookie", "[******, ********]")
                .containsEntry("url.full", "https://********@h/a?b=1&access_token=******")
                .containsEntry("url.query", "sig=******&b=1")
                .containsEntry("http.target", "/a?apikey=******")
                .containsEntry("any", "to " + "*".repeat(JWT.length()))
                .containsEntry("secret.number", "7")
                .containsEntry("db.statement", "select 1")
                .containsEntry("db.query.text", "select 1 where token='******'")
                .containsEntry("env", "pwd=******")
                .containsEntry("args", "[a, token=******]")
                .containsEntry("process.command_args", "[run, --password, ******, --token, -v, x]");
        assertThat(covered.getTraceState()).isEqualTo("vendor=a,token=******");
        assertThat(covered.getSerializedSize()).isEqualTo(span.getSerializedSize());
        assertThat(sink.redacted()).isEqualTo(15);
        assertNoSecret(sink);
    }

    @Test
    void everyTextOfASpan_isLookedAt() {
        Span span = span().setName("GET /a?token=" + SECRET)
                .setStatus(Status.newBuilder().setMessage("password=" + SECRET))
                .addEvents(Span.Event.newBuilder()
                        .setName("login token=" + SECRET)
                        .addAttributes(text("exception.message", "login password=" + SECRET + " failed"))
                        .addAttributes(text("x-api-key", SECRET)))
                .addLinks(Span.Link.newBuilder()
                        .setTraceId(Samples.traceId())
                        .setSpanId(Samples.spanId(9))
                        .addAttributes(text("api_key", SECRET)))
                .build();
        ExportTraceServiceRequest request = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(text("process.command_line", "java -Dpassword=" + SECRET)))
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .setScope(InstrumentationScope.newBuilder().addAttributes(text("secret", SECRET)))
                                .addSpans(span)
                                .addSpans(span)))
                .build();

        RecordingSink sink = decoded(OtlpDecoder.traces(), request);

        assertThat(sink.items()).hasSize(2);
        assertThat(sink.redacted()).isEqualTo(2 * 6 + 2);
        assertNoSecret(sink);
    }

    @Test
    void logBodies_areLookedAt_whateverTheirForm() throws InvalidProtocolBufferException {
        LogRecord lines = log(AnyValue.newBuilder()
                .setStringValue("\"GET /a?access_token=" + SECRET + " HTTP/1.1\" {\"password\":\"" + SECRET + "\"}"));
        LogRecord map = log(AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder()
                        .addValues(text("user", "bob"))
                        .addValues(attribute(
                                "headers",
                                AnyValue.newBuilder()
                                        .setKvlistValue(KeyValueList.newBuilder()
                                                .addValues(attribute("Authorization", list(SECRET))))))));

        RecordingSink sink = decoded(OtlpDecoder.logs(), logs(lines, map));

        assertThat(sink.items()).hasSize(2);
        LogRecord covered = LogRecord.parseFrom(sink.items().get(1).bytes());
        assertThat(covered.getBody().getKvlistValue().getValues(0).getValue().getStringValue())
                .isEqualTo("bob");
        assertThat(sink.redacted()).isEqualTo(3);
        assertNoSecret(sink);
    }

    @Test
    void metricPoints_areCovered_andTheirStreamsStayApart() {
        Sum.Builder sum = Sum.newBuilder().setIsMonotonic(true).setAggregationTemporalityValue(2);
        for (String session : List.of("a", "b")) {
            sum.addDataPoints(Samples.numberPoint()
                    .addAttributes(text("session_token", SECRET + session))
                    .addExemplars(Samples.exemplar().addFilteredAttributes(text("password", SECRET))));
        }
        byte[] value =
                metrics(Metric.newBuilder().setName("m").setSum(sum).build()).toByteArray();
        RecordingSink sink = new RecordingSink("m");

        assertThat(OtlpDecoder.metrics().decode(value, sink)).isEmpty();

        assertThat(sink.wantedPoints().stream().map(RecordingSink.Point::stream).distinct())
                .hasSize(2);
        assertThat(sink.items()).hasSize(2);
        assertThat(sink.items()).allMatch(item -> !holdsSecret(item.bytes()));
        assertThat(sink.wantedPoints()).allMatch(point -> !holdsSecret(point.bytes()));
    }

    @Test
    void inputBytes_stayAsTheyCame_andSoDoesTheHashOfALog() {
        LogRecord log = log(AnyValue.newBuilder().setStringValue("password=" + SECRET + "1"));
        LogRecord other = log(AnyValue.newBuilder().setStringValue("password=" + SECRET + "2"));
        byte[] value = logs(log, other).toByteArray();
        byte[] before = value.clone();
        RecordingSink sink = new RecordingSink();

        OtlpDecoder.logs().decode(value, sink);

        assertThat(value).isEqualTo(before);
        assertThat(sink.items().stream().map(RecordingSink.Item::parentOrHash).distinct())
                .hasSize(2);
    }

    @Test
    void json_isCoveredLikeProtobuf() {
        String json =
                OtlpJson.of(traces(span().addAttributes(text("cookie", SECRET)).build()));
        RecordingSink sink = new RecordingSink();

        assertThat(OtlpDecoder.traces().decode(json.getBytes(ISO_8859_1), sink)).isEmpty();

        assertThat(sink.redacted()).isEqualTo(1);
        assertNoSecret(sink);
    }

    @Test
    void configuredNamesAndPatterns_areCovered() throws InvalidProtocolBufferException {
        Redaction mine = new Redaction(
                Set.of("x-tenant"), Set.of("cookie"), List.of(Pattern.compile("\\bcard (\\d{4})\\b")), '#');
        Span span = span().addAttributes(text("http.request.header.x-tenant", "t1"))
                .addAttributes(text("cookie", "oatmeal"))
                .addAttributes(text("note", "card 1234"))
                .build();

        RecordingSink sink = decoded(OtlpDecoder.traces(mine), traces(span));

        assertThat(shown(Span.parseFrom(sink.onlyItem().bytes()).getAttributesList()))
                .containsEntry("http.request.header.x-tenant", "##")
                .containsEntry("cookie", "oatmeal")
                .containsEntry("note", "card ####");
    }

    @Test
    void secondValueOfAnAttribute_isNoWayRound() {
        ProtoWriter span = new ProtoWriter();
        byte[] start = span().build().toByteArray();
        span.raw(start, 0, start.length);
        int attribute = span.begin(9);
        span.text(1, "token");
        for (String text : List.of(SECRET, "x")) {
            int value = span.begin(2);
            span.text(1, text);
            span.end(value);
        }
        span.end(attribute);
        ProtoWriter request = new ProtoWriter();
        int group = request.begin(1);
        int scope = request.begin(2);
        request.bytes(2, span.bytes(), 0, span.size());
        request.end(scope);
        request.end(group);
        RecordingSink sink = new RecordingSink();

        assertThat(OtlpDecoder.traces().decode(request.toByteArray(), sink)).isEmpty();

        assertThat(sink.redacted()).isEqualTo(2);
        assertNoSecret(sink);
    }

    private static ByteString utf8(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static LogRecord log(AnyValue.Builder body) {
        return Samples.log().setBody(body).build();
    }

    private static RecordingSink decoded(Decoder decoder, Message request) {
        RecordingSink sink = new RecordingSink();
        assertThat(decoder.decode(request.toByteArray(), sink)).isEmpty();
        return sink;
    }

    private static Map<String, String> shown(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, entry -> shown(entry.getValue())));
    }

    private static String shown(AnyValue value) {
        return switch (value.getValueCase()) {
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(RedactionTest::shown)
                        .toList()
                        .toString();
            case INT_VALUE -> Long.toString(value.getIntValue());
            default -> value.getStringValue();
        };
    }

    private static void assertNoSecret(RecordingSink sink) {
        assertThat(sink.items())
                .isNotEmpty()
                .allMatch(item ->
                        !holdsSecret(item.bytes()) && !holdsSecret(item.resource()) && !holdsSecret(item.scope()));
    }

    private static boolean holdsSecret(ByteString bytes) {
        String text = bytes.toString(ISO_8859_1);
        return text.contains(SECRET) || text.contains(JWT);
    }
}
