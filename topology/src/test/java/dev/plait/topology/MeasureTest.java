package dev.plait.topology;

import static dev.plait.topology.Telemetry.EPOCH_MS;
import static dev.plait.topology.Telemetry.REQUEST;
import static dev.plait.topology.Telemetry.TRACE;
import static dev.plait.topology.Telemetry.bytes;
import static dev.plait.topology.Telemetry.kong;
import static dev.plait.topology.Telemetry.span;
import static dev.plait.topology.Telemetry.spans;
import static dev.plait.topology.Telemetry.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Business measures from bytes to {@code plait-measures}, and RED series by consumer, client and refusal. */
class MeasureTest {
    private static final String FIRST = "00f067aa0ba902b1";
    private static final String SECOND = "00f067aa0ba902b2";

    private final TopologyHarness plait = new TopologyHarness("""
            sources:
              - { topic: otlp_spans, format: otlp, signal: traces, tags: { region: eu } }
              - { topic: kong_logs, format: kong }
              - { topic: app_logs, format: log }
            red: { tags: [ consumer, client, refused ] }
            measures:
              - { name: turnover, attribute: order.total, unit: EUR, by: [ service, region ], drop: 0.5, drop-window: 1m, drop-past: 2m }
              - { name: sent, attribute: http.response.size, unit: By, source: gateway-log, by: [ route ] }
              - { name: refunds, attribute: amount, source: log }
            """);

    @AfterEach
    void stop() {
        plait.close();
    }

    @Test
    void topology_sumsAnAttributeOfSpansOnceEach() {
        byte[] batch = spans(
                "shop",
                span(TRACE, FIRST, "", 0, 50, text("order.total", "19.99")),
                span(TRACE, SECOND, FIRST, 10, 20, "{\"key\":\"order.total\",\"value\":{\"doubleValue\":0.01}}"));
        plait.at(0).send("otlp_spans", batch);
        plait.at(100).send("otlp_spans", batch);
        plait.at(200)
                .send(
                        "otlp_spans",
                        spans("shop", span(TRACE, "00f067aa0ba902b3", FIRST, 0, 9, text("order.total", "many"))));

        plait.at(150_000);
        plait.at(151_000);

        List<JsonNode> windows = plait.written("plait-measures");
        JsonNode last = windows.get(windows.size() - 1);
        assertThat(last.get("measure").asText()).isEqualTo("turnover");
        assertThat(last.get("unit").asText()).isEqualTo("EUR");
        assertThat(last.get("series")).hasToString("{\"region\":\"eu\",\"service\":\"shop\",\"source\":\"span\"}");
        assertThat(last.get("windowStartMs").asLong()).isEqualTo(EPOCH_MS);
        assertThat(last.get("count").asLong()).isEqualTo(2);
        assertThat(last.get("sum").decimalValue()).isEqualByComparingTo("20");
        assertThat(windows)
                .filteredOn(window -> window.get("final").asBoolean())
                .containsExactly(last);
        assertThat(plait.counted("measure-values")).isEqualTo(2);
        assertThat(plait.counted("measure-values-ignored")).isEqualTo(1);
    }

    @Test
    void spanWithinTheGrace_correctsItsWindowAndALaterOneIsCountedAsLate() {
        plait.at(0).send("otlp_spans", spans("shop", span(TRACE, FIRST, "", 0, 50, text("order.total", "3"))));
        plait.at(100_000).send("otlp_spans", spans("shop", span(TRACE, SECOND, "", 0, 50, text("order.total", "4"))));
        plait.at(155_000)
                .send(
                        "otlp_spans",
                        spans("shop", span(TRACE, "00f067aa0ba902b3", "", 0, 50, text("order.total", "5"))));
        plait.at(180_000);

        assertThat(plait.written("plait-measures"))
                .filteredOn(window -> window.get("final").asBoolean())
                .singleElement()
                .satisfies(
                        window -> assertThat(window.get("sum").decimalValue()).isEqualByComparingTo("7"));
        assertThat(plait.counted("measure-values-late")).isEqualTo(1);
    }

    /** From spans on a topic to an alert on another: turnover that stops. */
    @Test
    void measureThatDrops_isAnAlert() {
        for (int at = 0; at < 240_000; at += 2_000) {
            String trace = "%032x".formatted(0xabc0_0000L + at);
            plait.at(at).send("otlp_spans", spans("shop", span(trace, FIRST, "", at, 5, text("order.total", "3"))));
        }
        assertThat(plait.written("plait-alerts")).isEmpty();

        for (int at = 240_000; at < 350_000; at += 1_000) {
            plait.at(at);
        }

        assertThat(plait.written("plait-alerts")).first().satisfies(alert -> {
            assertThat(alert.get("state").asText()).isEqualTo("FIRING");
            assertThat(alert.get("kind").asText()).isEqualTo("THRESHOLD");
            assertThat(alert.get("labels"))
                    .hasToString("{\"alertname\":\"turnover-drop\",\"measure\":\"turnover\",\"region\":\"eu\","
                            + "\"service\":\"shop\",\"severity\":\"ticket\",\"source\":\"span\"}");
            assertThat(alert.get("annotations").get("summary").asText())
                    .startsWith("turnover of region=eu, service=shop is ")
                    .endsWith(" EUR in 1m, 90 EUR expected.");
        });
    }

    /** An access log without a trace ID is counted where it arrives, and not again with its trace; a copy of it is none. */
    @Test
    void topology_sumsAnAttributeOfLogs() {
        plait.at(0).send("kong_logs", kong(REQUEST, "", 200, 0));
        plait.at(10).send("kong_logs", kong(REQUEST, "", 200, 0));
        plait.at(20).send("otlp_spans", spans("shop", span(TRACE, FIRST, "", 0, 50, text("kong.request.id", REQUEST))));
        plait.at(30).send("app_logs", bytes("""
                {"time":%d,"level":30,"msg":"refunded","trace_id":"%s","amount":-2.5}""".formatted(EPOCH_MS + 30, TRACE)));
        plait.at(150_000);
        plait.at(151_000);

        assertThat(plait.written("plait-measures"))
                .filteredOn(window -> window.get("final").asBoolean())
                .extracting(window -> window.get("measure").asText() + " " + window.get("series") + " "
                        + window.get("count") + " " + window.get("sum"))
                .containsExactly(
                        "refunds {\"source\":\"log\"} 1 -2.5",
                        "sent {\"route\":\"orders-v1\",\"source\":\"gateway-log\"} 1 312");
    }

    /** A header is no attribute of Kong's logs until a label or measure names it. */
    @Test
    void customFieldAndHeadersOfKongsLogs_areMeasuredAndLabels() {
        try (TopologyHarness wanting = new TopologyHarness("""
                sources: [ { topic: kong_logs, format: kong } ]
                red: { tags: [ http.request.header.x-tenant ] }
                measures:
                  - { name: turnover, attribute: order.total, source: gateway-log, by: [ http.request.header.x-plan ] }
                  - { name: items, attribute: http.request.header.x-items, source: gateway-log }
                """)) {
            wanting.at(0).send("kong_logs", bytes("""
                    {"request":{"id":"%s","method":"GET","uri":"/a","headers":{"x-tenant":"acme","x-plan":"gold","x-items":"3"}},\
                    "response":{"status":200},"started_at":%d,"order":{"total":7.5}}""".formatted(REQUEST, EPOCH_MS)));
            wanting.at(150_000);
            wanting.at(151_000);

            assertThat(wanting.written("plait-measures"))
                    .filteredOn(window -> window.get("final").asBoolean())
                    .extracting(window ->
                            window.get("measure").asText() + " " + window.get("series") + " " + window.get("sum"))
                    .containsExactlyInAnyOrder(
                            "turnover {\"http.request.header.x-plan\":\"gold\",\"source\":\"gateway-log\"} 7.5",
                            "items {\"source\":\"gateway-log\"} 3");
            assertThat(wanting.written("plait-red"))
                    .isNotEmpty()
                    .allSatisfy(window -> assertThat(window.get("series").get("http.request.header.x-tenant"))
                            .hasToString("\"acme\""));
        }
    }

    @Test
    void refusedRequests_areSeriesOfTheirOwnAndCountOnce() {
        plait.at(0).send("kong_logs", kong("a", "", 200, 0));
        plait.at(10).send("kong_logs", kong("b", "", 404, 0));
        plait.at(20).send("kong_logs", kong("c", "", 429, 0));
        plait.at(30).send("kong_logs", kong("d", "", 401, 0));
        plait.at(150_000);
        plait.at(151_000);

        assertThat(plait.written("plait-red"))
                .filteredOn(window -> window.get("final").asBoolean())
                .extracting(window -> window.get("series").path("status_class").asText() + " "
                        + window.get("series").path("refused").asText("-") + " "
                        + window.get("series").path("client").asText() + " " + window.get("requests"))
                .containsExactlyInAnyOrder(
                        "2xx - 10.0.0.9 1", "4xx - 10.0.0.9 1", "4xx 429 10.0.0.9 1", "4xx 401 10.0.0.9 1");
    }
}
