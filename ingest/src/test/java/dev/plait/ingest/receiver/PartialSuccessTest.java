package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.plait.ingest.receiver.FakeTopics.Written;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartialSuccessTest {
    private static final String[] PROTOBUF = {"content-type", "application/x-protobuf"};
    private static final String[] JSON = {"content-type", "application/json"};
    private static final String[] GRPC = {"content-type", "application/grpc", "te", "trailers"};

    private static ReceiverFixture fixture;

    @BeforeAll
    static void open() throws IOException {
        fixture = new ReceiverFixture();
    }

    @BeforeEach
    void forget() {
        fixture.topics.clear();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void refusedSpans_areToldOverHttpAndGrpcAndWrittenAllTheSame() throws InvalidProtocolBufferException {
        byte[] body = spansOfWhichOneHasNoId();

        AggregatedHttpResponse http = fixture.post("/v1/traces", body, PROTOBUF);
        AggregatedHttpResponse grpc = fixture.grpc(OtlpSignal.TRACES, Bodies.grpc(0, body), GRPC);

        assertThat(http.status().code()).isEqualTo(200);
        ExportTraceServiceResponse told =
                ExportTraceServiceResponse.parseFrom(http.content().array());
        assertThat(told.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
        assertThat(told.getPartialSuccess().getErrorMessage()).startsWith("item 1: BAD_ID: ");
        byte[] framed = grpc.content().array();
        assertThat(grpc.trailers().get("grpc-status")).isEqualTo("0");
        assertThat(Bodies.grpc(0, Arrays.copyOfRange(framed, 5, framed.length))).isEqualTo(framed);
        assertThat(ExportTraceServiceResponse.parseFrom(Arrays.copyOfRange(framed, 5, framed.length)))
                .isEqualTo(told);
        assertThat(fixture.topics.records())
                .containsOnly(new Written("spans", HexFormat.of().formatHex(body)))
                .hasSize(2);
    }

    @Test
    void refusedLogs_areTold() throws InvalidProtocolBufferException {
        // resource_logs, scope_logs: a log record with a time, then one whose severity text is not UTF-8
        byte[] body = HexFormat.of().parseHex("0a121210" + "1209090100000000000000" + "12031a01ff");

        ExportLogsServiceResponse told = ExportLogsServiceResponse.parseFrom(
                fixture.post("/v1/logs", body, PROTOBUF).content().array());

        assertThat(told.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
        assertThat(told.getPartialSuccess().getErrorMessage()).startsWith("item 1: BAD_UTF8: ");
    }

    @Test
    void refusedPoints_areTold() {
        byte[] body = text("""
                {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a","gauge":{"dataPoints":[{"timeUnixNano":"1",\
                "asInt":"7"}]}},{"name":"b"}]}]}]}""");

        AggregatedHttpResponse json = fixture.post("/v1/metrics", body, JSON);

        assertThat(json.status().code()).isEqualTo(200);
        assertThat(json.contentUtf8())
                .startsWith(
                        "{\"partialSuccess\":{\"rejectedDataPoints\":\"1\",\"errorMessage\":\"item 1: BAD_METRIC: ");
    }

    @Test
    void jsonAnswers_areWhatProtobufsJsonNames() {
        byte[] gzip = Bodies.gzip(text("""
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736",\
                "spanId":"00f067aa0ba902b7"},{"traceId":"not \\"hex\\""}]}]}]}"""));

        AggregatedHttpResponse answer = fixture.post(
                "/v1/traces", gzip, "content-type", "application/json;charset=UTF-8", "content-encoding", "gzip");

        assertThat(answer.status().code()).isEqualTo(200);
        assertThat(answer.headers().get("content-type")).isEqualTo("application/json");
        assertThat(answer.contentUtf8())
                .startsWith("{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"item 1: BAD_ID: ");
    }

    @Test
    void manyRefusedItems_areCountedAndNotAllDescribed() throws InvalidProtocolBufferException {
        // a good span, without which the request would be given up, and 300 000 without anything in two bytes each
        byte[] good =
                HexFormat.of().parseHex("121c0a10" + "4bf92f3577b34da6a3ce929d0e0e4736" + "1208" + "00f067aa0ba902b7");
        byte[] spans = Arrays.copyOf(good, good.length + 600_000);
        for (int i = good.length; i < spans.length; i += 2) {
            spans[i] = 0x12;
        }
        byte[] body = ExportTraceServiceRequest.parseFrom(nested(spans)).toByteArray();

        ExportTraceServiceResponse told = ExportTraceServiceResponse.parseFrom(
                fixture.post("/v1/traces", body, PROTOBUF).content().array());

        assertThat(told.getPartialSuccess().getRejectedSpans()).isEqualTo(300_000);
        assertThat(told.getPartialSuccess().getErrorMessage())
                .endsWith("; and 299997 more")
                .hasSizeLessThan(1_000);
    }

    @Test
    void wholeRequestsThatAreNone_areRefusedWithTheDecodersWords() {
        byte[] wrongType = text("{\"resourceSpans\":[{\"scopeSpans\":7}]}");

        AggregatedHttpResponse json = fixture.post("/v1/traces", wrongType, JSON);
        AggregatedHttpResponse other = fixture.post("/v1/traces", Bodies.small(OtlpSignal.METRICS), PROTOBUF);
        AggregatedHttpResponse grpc =
                fixture.grpc(OtlpSignal.LOGS, Bodies.grpc(0, Bodies.small(OtlpSignal.TRACES)), GRPC);

        assertThat(json.status().code()).isEqualTo(400);
        assertThat(json.contentUtf8()).startsWith("{\"code\":3,\"message\":\"WRONG_TYPE: ");
        assertThat(other.status().code()).isEqualTo(400);
        assertThat(other.contentUtf8()).contains("WRONG_SIGNAL: these are metrics, not spans");
        assertThat(grpc.headers().get("grpc-status")).isEqualTo("3");
        assertThat(grpc.headers().get("grpc-message")).startsWith("WRONG_SIGNAL: ");
        assertThat(fixture.topics.records()).isEmpty();
    }

    private static byte[] spansOfWhichOneHasNoId() {
        ExportTraceServiceRequest.Builder request = Bodies.spans("orders", 3, 10).toBuilder();
        request.getResourceSpansBuilder(0)
                .getScopeSpansBuilder(0)
                .getSpansBuilder(1)
                .setTraceId(ByteString.EMPTY);
        return request.build().toByteArray();
    }

    /** A request of one group around {@code spans}. */
    private static byte[] nested(byte[] spans) {
        dev.plait.schemas.wire.ProtoWriter out = new dev.plait.schemas.wire.ProtoWriter();
        int group = out.begin(1);
        int scope = out.begin(2);
        out.raw(spans, 0, spans.length);
        out.end(scope);
        out.end(group);
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
