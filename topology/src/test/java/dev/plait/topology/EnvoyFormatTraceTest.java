package dev.plait.topology;

import static dev.plait.topology.Telemetry.TRACE;
import static dev.plait.topology.Telemetry.bytes;
import static dev.plait.topology.Telemetry.span;
import static dev.plait.topology.Telemetry.spans;
import static dev.plait.topology.Telemetry.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Access logs of proxies whose formats are the operator's own, or that come as OTLP. */
class EnvoyFormatTraceTest {
    private final TopologyHarness plait = new TopologyHarness("""
            sources:
              - { topic: otlp_spans, format: otlp, signal: traces }
              - { topic: otlp_logs, format: otlp, signal: logs, format-string: "%REQ(:METHOD)% to %KUMA_DESTINATION_SERVICE%: %RESPONSE_CODE%" }
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

    /** Kuma's OpenTelemetry backend: an outage that only the mesh saw, with and without a trace. */
    @Test
    void linesInOtlpBodies_areRequestsOfTheMesh() {
        String line =
                "[2026-01-01T00:00:00.010Z] default \\\"GET /orders HTTP/1.1\\\" 503 UF 0 91 12 - \\\"-\\\" \\\"curl/8.5\\\""
                        + " \\\"-\\\" \\\"-\\\" \\\"orders.mesh\\\" \\\"frontend\\\" \\\"orders\\\" \\\"10.42.0.7\\\" \\\"10.42.1.9:8080\\\"";
        String record = "{\"timeUnixNano\":\"1767225600010000000\",\"body\":{\"stringValue\":\"" + line + "\"}";
        byte[] logs = bytes("""
                {"resourceLogs":[{"resource":{"attributes":[%s]},"scopeLogs":[{"logRecords":[%s}, %s,"traceId":"%s"}]}]}]}""".formatted(text("log_name", "MeshAccessLog"), record, record, TRACE));
        plait.at(0).send("otlp_logs", logs);
        plait.at(150_000);
        plait.at(151_000);

        assertThat(plait.trace().get("logs")).hasSize(1);
        assertThat(plait.written("plait-red"))
                .filteredOn(window -> window.get("final").asBoolean())
                .singleElement()
                .satisfies(window -> {
                    assertThat(window.get("series").get("source").asText()).isEqualTo("mesh-log");
                    assertThat(window.get("requests").asLong()).isEqualTo(2);
                    assertThat(window.get("errors").asLong()).isEqualTo(2);
                });
    }

    @Test
    void lineOfAConfiguredFormatInAnOtlpBody_isARequestOfTheMesh() {
        plait.at(0).send("otlp_logs", bytes("""
                {"resourceLogs":[{"resource":{"attributes":[%s]},"scopeLogs":[{"logRecords":[\
                {"timeUnixNano":"1767225600010000000","body":{"stringValue":"GET to orders: 503\\n"}}]}]}]}""".formatted(text("log_name", "MeshAccessLog"))));
        plait.at(150_000);

        assertThat(plait.written("plait-red")).isNotEmpty().allSatisfy(window -> {
            assertThat(window.get("series").get("source").asText()).isEqualTo("mesh-log");
            assertThat(window.get("series").get("service").asText()).isEqualTo("orders");
            assertThat(window.get("errors").asLong()).isEqualTo(1);
        });
    }
}
