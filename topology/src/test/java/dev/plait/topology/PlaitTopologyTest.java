package dev.plait.topology;

import static dev.plait.topology.Telemetry.REQUEST;
import static dev.plait.topology.Telemetry.TRACE;
import static dev.plait.topology.Telemetry.kong;
import static dev.plait.topology.Telemetry.kongRuntimeLog;
import static dev.plait.topology.Telemetry.kuma;
import static dev.plait.topology.Telemetry.log;
import static dev.plait.topology.Telemetry.span;
import static dev.plait.topology.Telemetry.spans;
import static dev.plait.topology.Telemetry.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.schemas.topic.Topics;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlaitTopologyTest {
    private static final String ROOT = "00f067aa0ba902b7";
    private static final String CHILD = "00f067aa0ba902b8";
    private static final String LATE = "00f067aa0ba902b9";

    private final TopologyHarness plait = new TopologyHarness();

    @AfterEach
    void stop() {
        plait.close();
    }

    @Test
    void topology_joinsSpansOfTwoServicesSixSecondsAfterTheRoot() {
        plait.at(0).send("otlp_spans", spans("orders", span(TRACE, CHILD, ROOT, 5, 20)));
        plait.at(1_000).send("otlp_spans", spans("gateway", span(TRACE, ROOT, "", 0, 50)));

        plait.at(6_999);
        assertThat(plait.traces()).isEmpty();
        plait.at(7_000);

        JsonNode trace = plait.trace();
        assertThat(trace.get("traceId").asText()).isEqualTo(TRACE);
        assertThat(trace.get("revision").asInt()).isEqualTo(1);
        assertThat(trace.get("closedBecause").asText()).isEqualTo("ROOT_COMPLETE");
        assertThat(trace.get("services")).extracting(JsonNode::asText).containsExactly("gateway", "orders");
        assertThat(trace.get("root").get("service").asText()).isEqualTo("gateway");
        assertThat(trace.get("counts").get("spans").asInt()).isEqualTo(2);
        assertThat(trace.get("verdict").get("complete").asBoolean()).isTrue();
        assertThat(plait.decisions()).hasSize(1);
    }

    @Test
    void topology_closesAnUnfinishedTraceAfterTheIdleGap() {
        plait.at(0).send("otlp_spans", spans("orders", span(TRACE, CHILD, ROOT, 5, 20)));

        plait.at(10_000);

        JsonNode trace = plait.trace();
        assertThat(trace.get("closedBecause").asText()).isEqualTo("IDLE");
        assertThat(trace.get("root").isNull()).isTrue();
        assertThat(trace.get("verdict").get("missingParents").asInt()).isEqualTo(1);
    }

    @Test
    void topology_joinsLogsBeforeBetweenAndAfterSpans() {
        plait.at(0).send("kong_logs", kong(REQUEST, "{\"w3c\":\"" + TRACE + "\"}", 200, 0));
        plait.at(100).send("otlp_spans", spans("orders", span(TRACE, CHILD, ROOT, 5, 20)));
        plait.at(200).send("otlp_logs", log("orders", TRACE, CHILD, 10, "took an order"));
        plait.at(300).send("otlp_spans", spans("gateway", span(TRACE, ROOT, "", 0, 50)));
        plait.at(400).send("mesh_access_logs", kuma(TRACE, "-", 200));

        plait.at(10_000);

        JsonNode trace = plait.trace();
        assertThat(trace.get("counts").get("logs").asInt()).isEqualTo(3);
        assertThat(trace.get("gateway").get("product").asText()).isEqualTo("kong");
        assertThat(trace.get("gateway").get("route").asText()).isEqualTo("orders-v1");
        assertThat(trace.get("hops")).hasSize(1);
        assertThat(trace.get("hops").get(0).get("destination").asText()).isEqualTo("orders");
        assertThat(trace.get("logs"))
                .extracting(entry -> entry.get("body").asText())
                .contains("took an order");
        assertThat(trace.get("verdict").get("gatewayLogSeen").asBoolean()).isTrue();
    }

    @Test
    void topology_joinsAGatewayLogWithoutTraceIdByItsRequestId() {
        String announced = span(TRACE, ROOT, "", 0, 50, text("kong.request.id", REQUEST));

        plait.at(0).send("kong_logs", kong(REQUEST, "", 200, 0));
        plait.at(2_000).send("otlp_spans", spans("kong", announced));
        plait.at(9_000);

        JsonNode trace = plait.trace();
        assertThat(trace.get("gateway").get("requestId").asText()).isEqualTo(REQUEST);
        assertThat(trace.get("logs").get(0).get("joinedBy").asText()).isEqualTo("REQUEST_ID");
    }

    @Test
    void topology_joinsAGatewayLogThatComesAfterTheSpanOfItsRequest() {
        String announced = span(TRACE, ROOT, "", 0, 50, text("kong.request.id", REQUEST));

        plait.at(0).send("otlp_spans", spans("kong", announced));
        plait.at(3_000).send("kong_logs", kong(REQUEST, "", 503, 0));
        plait.at(9_000);

        JsonNode trace = plait.trace();
        assertThat(trace.get("gateway").get("status").asInt()).isEqualTo(503);
        assertThat(trace.get("status").asText()).isEqualTo("ERROR");
    }

    @Test
    void topology_joinsLinesOfKongsErrorLogByTheirRequestId() {
        plait.at(0).send("otlp_logs", kongRuntimeLog(REQUEST, 2, "upstream timed out"));
        plait.at(1_000).send("kong_logs", kong(REQUEST, "{\"w3c\":\"" + TRACE + "\"}", 504, 0));
        plait.at(2_000).send("otlp_logs", kongRuntimeLog(REQUEST, 3, "next upstream"));
        plait.at(2_000).send("otlp_logs", kongRuntimeLog(REQUEST, 3, "next upstream"));
        plait.at(20_000);

        JsonNode trace = plait.trace();
        assertThat(trace.get("logs"))
                .extracting(entry -> entry.get("body").asText())
                .contains("upstream timed out", "next upstream");
        assertThat(trace.get("counts").get("logs").asInt()).isEqualTo(3);
        assertThat(trace.get("logs").get(1).get("joinedBy").asText()).isEqualTo("REQUEST_ID");
        assertThat(plait.counted("requests-counted")).isEqualTo(1);
    }

    @Test
    void topology_endsALineOfKongsErrorLogWhoseRequestIsNeverNamed() {
        plait.at(0).send("otlp_logs", kongRuntimeLog(REQUEST, 2, "upstream timed out"));
        plait.at(20_000);

        assertThat(plait.traces()).isEmpty();
        assertThat(plait.counted("logs-untraced")).isEqualTo(1);
        assertThat(plait.counted("requests-counted")).isZero();
        assertThat(plait.written(Topics.EDGES)).isEmpty();
    }

    @Test
    void topology_endsALogWhoseRequestIsNeverNamed() {
        plait.at(0).send("kong_logs", kong(REQUEST, "", 200, 0));

        plait.at(10_000);
        plait.at(20_000);

        assertThat(plait.traces()).isEmpty();
        assertThat(plait.counted("logs-untraced")).isEqualTo(1);
    }

    @Test
    void topology_countsTheCallOfAnUntracedLogOnceHoweverLateItsCopyComes() {
        plait.at(0).send("kong_logs", kong(REQUEST, "", 200, 0));
        plait.at(30_000).send("kong_logs", kong(REQUEST, "", 200, 0));

        for (int second = 31; second < 180; second++) {
            plait.at(second * 1_000L);
        }

        List<JsonNode> edges = plait.written(Topics.EDGES);
        JsonNode last = edges.get(edges.size() - 1);
        assertThat(last.get("server").asText()).isEqualTo("orders");
        assertThat(last.get("final").asBoolean()).isTrue();
        assertThat(last.get("requests").asInt()).isEqualTo(1);
    }

    @Test
    void topology_revisesATraceWithItsLatePiece() {
        plait.at(0).send("otlp_spans", spans("gateway", span(TRACE, ROOT, "", 0, 50)));
        plait.at(6_000);
        assertThat(plait.trace().get("revision").asInt()).isEqualTo(1);

        plait.at(20_000).send("otlp_spans", spans("orders", span(TRACE, LATE, ROOT, 5, 20)));
        plait.at(26_000);

        JsonNode revised = plait.trace();
        assertThat(revised.get("revision").asInt()).isEqualTo(2);
        assertThat(revised.get("delta").asBoolean()).isFalse();
        assertThat(revised.get("spans")).hasSize(2);
    }

    @Test
    void topology_writesADeltaAfterThePiecesWereLetGo() {
        plait.at(0).send("otlp_spans", spans("gateway", span(TRACE, ROOT, "", 0, 50)));
        plait.at(6_000);
        plait.at(37_000);
        plait.traces();

        plait.at(60_000).send("otlp_spans", spans("orders", span(TRACE, LATE, ROOT, 5, 20)));
        plait.at(60_100).send("otlp_spans", spans("gateway", span(TRACE, ROOT, "", 0, 50)));
        plait.at(66_000);
        plait.at(80_000);

        JsonNode delta = plait.trace();
        assertThat(delta.get("revision").asInt()).isEqualTo(2);
        assertThat(delta.get("delta").asBoolean()).isTrue();
        assertThat(delta.get("spans"))
                .extracting(span -> span.get("spanId").asText())
                .containsExactly(LATE);
        assertThat(delta.get("counts").get("spans").asInt()).isEqualTo(2);
        assertThat(delta.get("counts").get("duplicates").asInt()).isEqualTo(1);
    }

    @Test
    void topology_joinsLegsOfBothIdWidths() {
        String low = TRACE.substring(16);

        plait.at(0).send("kong_logs", kong(REQUEST, "{\"datadog\":\"11803532876627986230\"}", 200, 0));
        plait.at(1).send("otlp_spans", spans("orders", span(TRACE, ROOT, "", 0, 50)));
        plait.at(2).send("mesh_access_logs", kuma(low, "-", 200));
        plait.at(7_000);

        JsonNode trace = plait.trace();
        assertThat(trace.get("traceId").asText()).isEqualTo(TRACE);
        assertThat(trace.get("idWidth").asInt()).isEqualTo(128);
        assertThat(trace.get("counts").get("logs").asInt()).isEqualTo(2);
    }

    @Test
    void topology_writesTracesOfAnIdleInputByWallTime() {
        plait.at(0).send("otlp_spans", spans("gateway", span(TRACE, ROOT, "", 0, 50)));

        plait.silence(20_000);

        assertThat(plait.trace().get("closedBecause").asText()).isEqualTo("ROOT_COMPLETE");
    }

    @Test
    void topology_countsEverythingThatCameIn() {
        plait.at(0).send("otlp_spans", spans("a", span(TRACE, ROOT, "", 0, 50), span("00", CHILD, ROOT, 0, 1)));
        plait.at(1).send("otlp_spans", spans("a", span(TRACE, ROOT, "", 0, 50)));
        plait.at(2).send("otlp_spans", new byte[] {(byte) 0xff});
        plait.at(3).send("otlp_spans", null);
        plait.at(4).send("kong_logs", kong(REQUEST, "", 200, 0));
        plait.at(10_500);
        plait.at(20_000);

        List<JsonNode> traces = plait.traces();
        assertThat(traces).hasSize(1);
        assertThat(plait.counted("records-in")).isEqualTo(5);
        assertThat(plait.counted("records-ignored")).isEqualTo(1);
        assertThat(plait.counted("records-dead")).isEqualTo(1);
        assertThat(plait.counted("items-dead")).isEqualTo(1);
        assertThat(plait.counted("items-in")).isEqualTo(3);
        assertThat(plait.counted("items-fresh")
                        + traces.get(0).get("counts").get("duplicates").asLong()
                        + plait.counted("logs-untraced")
                        + plait.counted("items-untraced"))
                .isEqualTo(3);
    }
}
