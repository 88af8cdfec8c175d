package dev.plait.topology;

import static dev.plait.topology.Telemetry.EPOCH_MS;
import static dev.plait.topology.Telemetry.TRACE;
import static dev.plait.topology.Telemetry.bytes;
import static dev.plait.topology.Telemetry.span;
import static dev.plait.topology.Telemetry.spans;
import static dev.plait.topology.Telemetry.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spans of Kong's Zipkin plugin, of two Envoys and of an SDK, each on its own topic and with its own idea of IDs. */
class ZipkinTraceTest {
    private static final String KONG = "00f067aa0ba90001";
    private static final String KONG_PROXY = "00f067aa0ba90002";
    private static final String SHARED = "00f067aa0ba90003";
    private static final String ORDERS = "00f067aa0ba90004";
    private static final String REQUEST = "d9f4b8ee-1c3a-4f0d-8f6f-6f1c2a9f7b11";

    private final TopologyHarness plait = new TopologyHarness();

    @AfterEach
    void stop() {
        plait.close();
    }

    @Test
    void topology_joinsZipkinAndOtlpSpansIntoOneTrace() {
        plait.at(0).send("zipkin_spans", list(envoyClient(), envoyServer()));
        plait.at(100)
                .send("otlp_spans", spans("orders", span(TRACE, ORDERS, SHARED, 25, 10, text("error.type", "500"))));
        plait.at(200).send("zipkin_spans", list(kongProxy(), kong()));
        plait.at(300).send("mesh_access_logs", Telemetry.kuma("-", REQUEST, 503));
        plait.at(6_300);

        JsonNode trace = plait.trace();

        assertThat(trace.get("traceId").asText()).isEqualTo(TRACE);
        assertThat(trace.get("closedBecause").asText()).isEqualTo("ROOT_COMPLETE");
        assertThat(trace.get("verdict").get("complete").asBoolean()).isTrue();
        assertThat(trace.get("counts").get("spans").asInt()).isEqualTo(5);
        assertThat(trace.get("counts").get("duplicates").asInt()).isZero();
        assertThat(trace.get("services"))
                .extracting(JsonNode::asText)
                .containsExactly("gateway-mesh", "kong", "orders", "orders-mesh");
        assertThat(trace.get("root").get("service").asText()).isEqualTo("kong");
        assertThat(trace.get("status").asText()).isEqualTo("ERROR");
        assertThat(trace.get("gateway").get("product").asText()).isEqualTo("envoy");
        assertThat(trace.get("logs").get(0).get("joinedBy").asText())
                .as("by Envoy's tracing tag of its request ID")
                .isEqualTo("REQUEST_ID");
        assertThat(parents(trace))
                .containsEntry("kong SERVER", "")
                .containsEntry("kong CLIENT", KONG)
                .containsEntry("gateway-mesh CLIENT", KONG_PROXY)
                .containsEntry("orders-mesh SERVER", KONG_PROXY)
                .containsEntry("orders SERVER", SHARED);
        assertThat(trace.get("rootCause").get("service").asText()).isEqualTo("orders");
    }

    @Test
    void topology_drawsTheCallOfASharedSpanOnce() {
        plait.at(0).send("zipkin_spans", list(envoyClient(), envoyServer(), kongProxy(), kong()));
        for (int second = 1; second < 180; second++) {
            plait.at(second * 1_000L);
        }

        Map<String, Integer> requests = new TreeMap<>();
        for (JsonNode edge : plait.written(Topics.EDGES)) {
            requests.put(
                    edge.get("client").asText() + " > " + edge.get("server").asText(),
                    edge.get("requests").asInt());
        }

        assertThat(requests)
                .containsEntry("gateway-mesh > orders-mesh", 1)
                .containsEntry("kong > gateway-mesh", 1)
                .containsEntry("user > kong", 1)
                .hasSize(3);
    }

    @Test
    void topology_buriesWhatIsNoSpan() {
        plait.at(0).send("zipkin_spans", bytes("{\"hello\":\"world\"}"));
        plait.at(1).send("zipkin_spans", list(kong(), "{\"id\":\"1\"}"));
        plait.at(7_000);

        List<String> reasons = plait.deadLetters().stream()
                .map(letter -> TopologyHarness.header(letter, "plait.reason"))
                .toList();

        assertThat(reasons).containsExactly("WRONG_FORMAT", "BAD_ID");
        assertThat(plait.trace().get("counts").get("spans").asInt()).isEqualTo(1);
    }

    private static byte[] list(String... spans) {
        return bytes("[" + String.join(",", spans) + "]");
    }

    private static String kong() {
        return zipkin(TRACE, KONG, "", "SERVER", "kong", 0, 60, "", "'lc':'kong','http.status_code':'502'");
    }

    private static String kongProxy() {
        return zipkin(TRACE, KONG_PROXY, KONG, "CLIENT", "kong", 5, 50, "", "'kong.service_name':'orders'");
    }

    /** Envoy keeps the low half of the trace's ID. */
    private static String envoyClient() {
        String tags = "'component':'proxy','guid:x-request-id':'" + REQUEST + "','http.status_code':'503'";
        return zipkin(TRACE.substring(16), SHARED, KONG_PROXY, "CLIENT", "gateway-mesh", 10, 40, "", tags);
    }

    private static String envoyServer() {
        return zipkin(
                TRACE.substring(16), SHARED, KONG_PROXY, "SERVER", "orders-mesh", 20, 20, "'shared':true,", "'a':'b'");
    }

    private static String zipkin(
            String trace,
            String id,
            String parent,
            String kind,
            String service,
            long startMs,
            long millis,
            String more,
            String tags) {
        return """
                {'traceId':'%s','id':'%s',%s'kind':'%s','name':'op-%s',%s'timestamp':%d,'duration':%d,\
                'localEndpoint':{'serviceName':'%s'},'tags':{%s}}""".formatted(
                        trace,
                        id,
                        parent.isEmpty() ? "" : "'parentId':'" + parent + "',",
                        kind,
                        id,
                        more,
                        (EPOCH_MS + startMs) * 1_000,
                        millis * 1_000,
                        service,
                        tags)
                .replace('\'', '"');
    }

    private static Map<String, String> parents(JsonNode trace) {
        Map<String, String> parents = new TreeMap<>();
        trace.get("spans")
                .forEach(span -> parents.put(
                        span.get("service").asText() + " " + span.get("kind").asText(),
                        span.hasNonNull("parentSpanId")
                                ? span.get("parentSpanId").asText()
                                : ""));
        return parents;
    }
}
