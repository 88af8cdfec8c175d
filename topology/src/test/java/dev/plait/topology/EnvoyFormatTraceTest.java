package dev.plait.topology;

import static dev.plait.topology.Telemetry.TRACE;
import static dev.plait.topology.Telemetry.bytes;
import static dev.plait.topology.Telemetry.span;
import static dev.plait.topology.Telemetry.spans;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Access logs of proxies whose formats are the operator's own. */
class EnvoyFormatTraceTest {
    private final TopologyHarness plait = new TopologyHarness("""
            sources:
              - { topic: otlp_spans, format: otlp, signal: traces }
              - topic: edge_logs
                format: envoy
                format-string: "%START_TIME(%s.%3f)%|%REQ(TRACEPARENT)%|%REQ(:METHOD)% %REQ(:PATH)%|%RESPONSE_CODE%|%DURATION%|%REQ(X-TENANT)%\\n"
                json-format: { at: "%START_TIME%", code: "%RESPONSE_CODE%", parent: "%REQ(TRACEPARENT)%", flags: "%RESPONSE_FLAGS%" }
            """);

    @AfterEach
    void stop() {
        plait.close();
    }

    @Test
    void topology_joinsLinesOfAConfiguredFormat() {
        String parent = "00-" + TRACE + "-00f067aa0ba90001-01";
        plait.at(0).send("otlp_spans", spans("orders", span(TRACE, "00f067aa0ba90004", "", 0, 50)));
        plait.at(100).send("edge_logs", bytes("""
                1767225600.002|%s|GET /orders|503|41|shop
                {"at":"2026-01-01T00:00:00.001Z","code":"503","parent":"%s","flags":"UF"}
                1767225600.002|%s|GET /or|ders|503|41|shop|
                """.formatted(parent, parent, parent)));
        plait.at(7_000);

        JsonNode trace = plait.trace();

        assertThat(trace.get("logs")).hasSize(2);
        assertThat(trace.get("gateway").get("product").asText()).isEqualTo("envoy");
        JsonNode attributes = trace.get("logs").get(1).get("attributes");
        assertThat(attributes.get("http.response.status_code").asInt()).isEqualTo(503);
        assertThat(attributes.get("http.request.header.x-tenant").asText()).isEqualTo("shop");
        assertThat(plait.deadLetters())
                .extracting(letter -> TopologyHarness.header(letter, "plait.reason"))
                .containsExactly("AMBIGUOUS");
    }
}
