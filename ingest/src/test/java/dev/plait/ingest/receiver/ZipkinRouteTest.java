package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import dev.plait.ingest.receiver.FakeTopics.Written;
import dev.plait.ingest.zipkin.ZipkinSpans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

class ZipkinRouteTest {
    private static final String PATH = "/api/v2/spans";

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

    /** Zipkin's two encodings, with the content types that its reporters send. */
    enum Form {
        JSON("application/json", SpanBytesEncoder.JSON_V2, SpanBytesDecoder.JSON_V2),
        PROTOBUF("application/x-protobuf", SpanBytesEncoder.PROTO3, SpanBytesDecoder.PROTO3);

        private final String type;
        private final SpanBytesEncoder encoder;
        private final SpanBytesDecoder decoder;

        Form(String type, SpanBytesEncoder encoder, SpanBytesDecoder decoder) {
            this.type = type;
            this.encoder = encoder;
            this.decoder = decoder;
        }
    }

    @ParameterizedTest
    @EnumSource
    void list_isWrittenAsItIsAndAnsweredAsZipkinDoes(Form form) {
        byte[] body = form.encoder.encodeList(spans(3));

        AggregatedHttpResponse plain = post(body, form.type);
        AggregatedHttpResponse gzip =
                fixture.post(PATH, Bodies.gzip(body), "content-type", form.type, "content-encoding", "gzip");

        assertThat(List.of(plain, gzip)).allSatisfy(answer -> {
            assertThat(answer.status().code()).isEqualTo(202);
            assertThat(answer.content().isEmpty()).isTrue();
        });
        assertThat(fixture.topics.records()).containsExactly(written(body), written(body));
    }

    /** What a reporter sends to see whether there is a collector. */
    @ParameterizedTest
    @EnumSource
    void emptyList_isAccepted(Form form) {
        assertThat(post(form.encoder.encodeList(List.of()), form.type).status().code())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @EnumSource
    void listAboveARecord_isCutBetweenItsSpans(Form form) {
        List<Span> spans = spans(3000);

        AggregatedHttpResponse answer = post(form.encoder.encodeList(spans), form.type);

        assertThat(answer.status().code()).isEqualTo(202);
        assertThat(fixture.topics.records()).hasSizeGreaterThan(1);
        List<Span> read = new ArrayList<>();
        for (Written record : fixture.topics.records()) {
            byte[] value = HexFormat.of().parseHex(record.hex());
            assertThat(value.length).isLessThanOrEqualTo(ReceiverFixture.RECORD_BYTES);
            form.decoder.decodeList(value, read);
        }
        assertThat(read.stream().map(Span::id).toList())
                .isEqualTo(spans.stream().map(Span::id).toList());
        assertThat(Set.copyOf(read)).isEqualTo(Set.copyOf(spans));
    }

    @Test
    void listWithABadSpan_isAcceptedWhole() {
        byte[] body = bytes("[" + ZipkinSpans.KONG + ",{\"traceId\":\"none\"}]");

        assertThat(post(body, "application/json").status().code()).isEqualTo(202);
        assertThat(fixture.topics.records()).containsExactly(written(body));
    }

    @Test
    void whatHoldsNoSpans_isRefusedWithTheDecodersWords() {
        AggregatedHttpResponse json = post(bytes("[{\"traceId\":"), "application/json");
        AggregatedHttpResponse otlp = post(Bodies.small(), "application/x-protobuf");
        AggregatedHttpResponse thrift = post(new byte[] {12, 0, 0, 0, 1}, "application/x-thrift");

        assertThat(json.contentUtf8()).startsWith("TRUNCATED: ");
        assertThat(otlp.contentUtf8()).startsWith("WRONG_FORMAT: ").contains("OTLP");
        assertThat(thrift.contentUtf8()).contains("Zipkin v1 thrift");
        assertThat(List.of(json, otlp, thrift))
                .allMatch(answer -> answer.status().code() == 400);
        assertThat(fixture.topics.records()).isEmpty();
    }

    @Test
    void versionOne_isRefusedByName() {
        AggregatedHttpResponse answer = fixture.post("/api/v1/spans", bytes("[]"), "content-type", "application/json");

        assertThat(answer.status().code()).isEqualTo(415);
        assertThat(answer.contentUtf8()).isEqualTo("Zipkin v1 is not received; send version 2 to /api/v2/spans\n");
    }

    @Test
    void health_isUpWithoutAToken() {
        AggregatedHttpResponse answer = fixture.http(HttpMethod.GET, "/health", new byte[0]);

        assertThat(answer.status().code()).isEqualTo(200);
        assertThat(answer.contentUtf8()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void bomb_isRefusedAtTheLimit() {
        byte[] bomb = Bodies.gzip(new byte[100 << 20]);

        assertThat(fixture.post(PATH, bomb, "content-encoding", "gzip").status().code())
                .isEqualTo(413);
        assertThat(fixture.receivers().inFlightBytes()).isZero();
    }

    private static AggregatedHttpResponse post(byte[] body, String type) {
        return fixture.post(PATH, body, "content-type", type);
    }

    private static List<Span> spans(int count) {
        List<Span> spans = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            spans.add(Span.newBuilder()
                    .traceId(ZipkinSpans.TRACE)
                    .id(i)
                    .name("get")
                    .timestamp(1_767_225_600_000_000L + i)
                    .duration(50L)
                    .putTag("note", "u".repeat(120))
                    .build());
        }
        return Collections.unmodifiableList(spans);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Written written(byte[] value) {
        return new Written("zipkin", HexFormat.of().formatHex(value));
    }
}
