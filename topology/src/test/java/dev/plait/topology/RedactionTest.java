package dev.plait.topology;

import static dev.plait.topology.Telemetry.REQUEST;
import static dev.plait.topology.Telemetry.TRACE;
import static dev.plait.topology.Telemetry.bytes;
import static dev.plait.topology.Telemetry.log;
import static dev.plait.topology.Telemetry.span;
import static dev.plait.topology.Telemetry.spans;
import static dev.plait.topology.Telemetry.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.topic.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Secrets of every kind of input, here {@code s3cr3t}, are in nothing that is written: frames, changelogs, traces. */
class RedactionTest {
    private static final String SECRET = "s3cr3t";
    private static final String ROOT = "00f067aa0ba902b7";
    private static final String CHILD = "00f067aa0ba902b8";

    @Test
    void secretsOfEveryInput_areInNothingThatIsWritten() {
        try (TopologyHarness plait = new TopologyHarness("redaction: { patterns: [ 'card ([a-z0-9]+)' ] }")) {
            plait.at(0)
                    .send(
                            "otlp_spans",
                            spans(
                                    "shop",
                                    span(
                                            TRACE,
                                            ROOT,
                                            "",
                                            0,
                                            50,
                                            text("http.request.header.authorization", "Bearer " + SECRET),
                                            text("url.full", "http://h/a?token=" + SECRET))))
                    .send("otlp_logs", log("shop", TRACE, ROOT, 5, "paid with card " + SECRET))
                    .send("kong_logs", kong())
                    .send("mesh_access_logs", mesh())
                    .send("zipkin_spans", zipkin());
            plait.at(20_000);

            String written = plait.everythingWritten();
            assertThat(written)
                    .contains("paid with card ******")
                    .contains("api_key=******")
                    .doesNotContain(SECRET);
            assertThat(plait.counted("secrets-redacted")).isEqualTo(7);
        }
    }

    @Test
    void deadLetter_holdsTheBytesThatCame_andHeadersWithoutTheirSecrets() {
        try (TopologyHarness plait = new TopologyHarness()) {
            byte[] broken = bytes("{\"password\":\"" + SECRET);

            plait.at(0).send("kong_logs", broken, "Authorization", "Bearer " + SECRET);

            TestRecord<byte[], byte[]> letter = plait.deadLetters().get(0);
            assertThat(letter.value()).isEqualTo(broken);
            assertThat(TopologyHarness.header(letter, "Authorization")).isEqualTo("*".repeat(13));
        }
    }

    @Test
    void deadLetter_holdsNoBytes_whenTheConfigurationSaysSo() {
        try (TopologyHarness plait = new TopologyHarness("redaction: { dead-letters: omit }")) {
            plait.at(0).send("kong_logs", bytes("{\"password\":\"" + SECRET));

            TestRecord<byte[], byte[]> letter = plait.deadLetters().get(0);
            assertThat(letter.value()).isEmpty();
            assertThat(TopologyHarness.header(letter, DeadLetterHeaders.VALUE_SHA256))
                    .hasSize(64);
        }
    }

    private static byte[] kong() {
        String plain =
                new String(Telemetry.kong(REQUEST, "{\"w3c\":\"" + TRACE + "\"}", 200, 0), StandardCharsets.UTF_8);
        return bytes(plain.replace("/orders?id=7", "/orders?api_key=" + SECRET)
                .replace("\"method\"", "\"headers\":{\"cookie\":\"" + SECRET + "\"},\"method\""));
    }

    private static byte[] mesh() {
        String line = new String(Telemetry.kuma(TRACE, "-", 200), StandardCharsets.UTF_8);
        return bytes(line.replace("/orders", "/orders?sig=" + SECRET));
    }

    private static byte[] zipkin() {
        return bytes("""
                [{"traceId":"%s","id":"%s","parentId":"%s","kind":"SERVER","name":"get","timestamp":%d,"duration":5,
                "tags":{"http.url":"http://u:%s@h/a","x-api-key":"%s"}}]""".formatted(TRACE, CHILD, ROOT, Telemetry.EPOCH_MS * 1_000, SECRET, SECRET));
    }
}
