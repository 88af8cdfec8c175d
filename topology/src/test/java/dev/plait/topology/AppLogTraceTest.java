package dev.plait.topology;

import static dev.plait.topology.Telemetry.EPOCH_MS;
import static dev.plait.topology.Telemetry.TRACE;
import static dev.plait.topology.Telemetry.bytes;
import static dev.plait.topology.Telemetry.span;
import static dev.plait.topology.Telemetry.spans;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A span, and what the program logged meanwhile: as JSON of its logging library, and as lines of text. */
class AppLogTraceTest {
    private static final String SPAN = "00f067aa0ba90004";

    private final TopologyHarness plait = new TopologyHarness("""
            sources:
              - { topic: otlp_spans, format: otlp, signal: traces }
              - { topic: app_logs, format: log }
              - topic: text_logs
                format: text
                line-pattern: '^(?<time>\\S+) (?<level>\\w+) \\[(?<trace_id>\\w*)\\] (?<message>.*)'
                timestamp-format: "uuuu/MM/dd'T'HH:mm:ss.SSSX"
            """);

    @AfterEach
    void stop() {
        plait.close();
    }

    @Test
    void topology_joinsJsonLogs() {
        plait.at(0).send("otlp_spans", spans("orders", span(TRACE, SPAN, "", 0, 50)));
        plait.at(100).send("app_logs", bytes("""
                {"@timestamp":"2026-01-01T00:00:00.020Z","level":"WARN","message":"no stock","service":"orders",\
                "dd.trace_id":"11803532876627986230","sku":7}
                {"time":%d,"level":30,"msg":"next","service":"billing","trace_id":"%s","span_id":"%s"}
                {"time":%d,"level":30,"msg":"without a trace"}""".formatted(EPOCH_MS + 30, TRACE, SPAN, EPOCH_MS)));
        plait.at(7_000);

        JsonNode logs = plait.trace().get("logs");

        assertThat(logs).hasSize(2);
        JsonNode first = logs.get(0);
        assertThat(first.get("body").asText()).isEqualTo("no stock");
        assertThat(first.get("service").asText()).isEqualTo("orders");
        assertThat(first.get("severity").asText()).isEqualTo("WARN");
        assertThat(first.get("severityNumber").asInt()).isEqualTo(13);
        assertThat(first.get("source").asText()).isEqualTo("log");
        assertThat(first.get("joinedBy").asText()).isEqualTo("TRACE_ID");
        assertThat(first.get("attributes").get("sku").asInt()).isEqualTo(7);
        assertThat(logs.get(1).get("spanId").asText()).isEqualTo(SPAN);
        assertThat(logs.get(1).get("service").asText()).isEqualTo("billing");
        assertThat(plait.counted("items-untraced")).isEqualTo(1);
    }

    @Test
    void topology_joinsLinesOfText() {
        plait.at(0).send("otlp_spans", spans("orders", span(TRACE, SPAN, "", 0, 50)));
        plait.at(100).send("text_logs", bytes("""
                2026/01/01T00:00:00.020Z ERROR [%s] no stock
                java.lang.IllegalStateException: sku 7
                \tat shop.Orders.take(Orders.java:7)
                Started in 3 s
                """.formatted(TRACE)));
        plait.at(7_000);

        JsonNode logs = plait.trace().get("logs");

        assertThat(logs).hasSize(1);
        assertThat(logs.get(0).get("body").asText())
                .isEqualTo("no stock\njava.lang.IllegalStateException: sku 7\n\tat shop.Orders.take(Orders.java:7)");
        assertThat(logs.get(0).get("timeEpochNanos").asText()).contains("1767225600020000000");
        assertThat(logs.get(0).get("severityNumber").asInt()).isEqualTo(17);
        assertThat(plait.counted("items-untraced")).isEqualTo(1);
    }

    @Test
    void topology_buriesWhatIsNoLog() {
        plait.at(0).send("app_logs", bytes("Started in 3 s"));
        plait.at(1).send("app_logs", Telemetry.kong(Telemetry.REQUEST, "", 200, 0));
        plait.at(2).send("text_logs", bytes("{\"broken"));
        plait.at(7_000);

        assertThat(plait.deadLetters())
                .extracting(letter -> TopologyHarness.header(letter, "plait.reason"))
                .containsExactly("WRONG_FORMAT", "WRONG_FORMAT", "TRUNCATED");
    }
}
