package dev.plait.topology;

import static dev.plait.topology.Telemetry.EPOCH_MS;
import static dev.plait.topology.Telemetry.TRACE;
import static dev.plait.topology.Telemetry.bytes;
import static dev.plait.topology.Telemetry.span;
import static dev.plait.topology.Telemetry.spans;
import static dev.plait.topology.Telemetry.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever source tells of something, {@code plait-traces} has it under one name and with one type. */
class NamedTraceTest {
    private static final String SPAN = "00f067aa0ba902b1";

    private final TopologyHarness plait = new TopologyHarness("""
            sources:
              - { topic: otlp_spans, format: otlp, signal: traces }
              - { topic: otlp_logs, format: otlp, signal: logs }
              - { topic: kong_logs, format: kong }
              - { topic: zipkin_spans, format: zipkin }
              - { topic: jaeger_spans, format: jaeger }
            redaction: { names: [ client.address ] }
            """);

    @AfterEach
    void stop() {
        plait.close();
    }

    @Test
    void spanOfKongsOpenTelemetryPlugin_hasTodaysNamesAndTypes() {
        plait.at(0)
                .send(
                        "otlp_spans",
                        spans(
                                "kong",
                                span(
                                        TRACE,
                                        SPAN,
                                        "",
                                        0,
                                        50,
                                        text("http.method", "GET"),
                                        text("http.url", "http://gw:8000/orders?id=7"),
                                        text("http.host", "gw"),
                                        text("http.scheme", "http"),
                                        text("http.flavor", "1.1"),
                                        text("net.peer.ip", "10.0.0.1"),
                                        number("http.status_code", "503.0"),
                                        number("net.host.port", "8000.0"),
                                        number("order.total", "12.0"))));

        assertThat(shownAt(40_000))
                .isEqualTo(new TreeMap<>(Map.of(
                        "client.address", "\"********\"",
                        "http.request.method", "\"GET\"",
                        "http.response.status_code", "503",
                        "network.peer.address", "\"********\"",
                        "network.protocol.version", "\"1.1\"",
                        "order.total", "12.0",
                        "server.address", "\"gw\"",
                        "server.port", "8000",
                        "url.full", "\"http://gw:8000/orders?id=7\"",
                        "url.scheme", "\"http\"")));
    }

    @Test
    void sameSpan_hasTheSameAttributes_inOtlpZipkinAndJaeger() {
        plait.at(0)
                .send(
                        "otlp_spans",
                        spans(
                                "shop",
                                span(
                                        TRACE,
                                        SPAN,
                                        "",
                                        0,
                                        50,
                                        text("http.method", "GET"),
                                        text("http.target", "/a?b=1"),
                                        number("http.status_code", "404.0"),
                                        text("peer.service", "web"),
                                        text("tenant", "acme"))));
        Map<String, String> otlp = shownAt(40_000);
        plait.at(100_000).send("zipkin_spans", bytes("""
                [{"traceId":"4bf92f3577b34da6a3ce929d0e0e4737","id":"%s","kind":"SERVER","name":"op","timestamp":%d,"duration":9,
                "localEndpoint":{"serviceName":"shop"},"remoteEndpoint":{"serviceName":"web"},
                "tags":{"http.method":"GET","http.target":"/a?b=1","http.status_code":"404","tenant":"acme"}}]""".formatted(SPAN, (EPOCH_MS + 100_000) * 1_000)));
        Map<String, String> zipkin = shownAt(140_000);
        plait.at(200_000).send("jaeger_spans", bytes("""
                {"traceId":"S/kvNXezTaajzpKdDg5HOA==","spanId":"APBnqgupArE=","operationName":"op",
                "startTime":"2026-01-01T00:03:20Z","duration":"0.009s","process":{"serviceName":"shop"},
                "tags":[{"key":"span.kind","vStr":"server"},{"key":"tenant","vStr":"acme"},{"key":"http.method","vStr":"GET"},
                {"key":"http.status_code","vType":"INT64","vInt64":"404"},{"key":"peer.service","vStr":"web"},
                {"key":"http.target","vStr":"/a?b=1"}]}"""));

        assertThat(shownAt(240_000)).isEqualTo(otlp);
        assertThat(zipkin).isEqualTo(otlp);
        assertThat(otlp)
                .containsEntry("http.response.status_code", "404")
                .containsEntry("service.peer.name", "\"web\"")
                .containsEntry("url.query", "\"b=1\"");
    }

    @Test
    void consumerOfKong_hasOneName_inLogsAndSpans() {
        plait.at(0)
                .send("kong_logs", bytes("""
                        {"request":{"id":"%s","method":"GET","uri":"/"},"response":{"status":200,"size":1},
                        "latencies":{"kong":1,"proxy":2,"request":3},"started_at":%d,"trace_id":{"w3c":"%s"},
                        "consumer":{"id":"c-1","username":"ann"}}""".formatted(Telemetry.REQUEST, EPOCH_MS, TRACE)))
                .send("otlp_logs", bytes("""
                        {"resourceLogs":[{"resource":{"attributes":[%s]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"%d",
                        "traceId":"%s","spanId":"%s","attributes":[%s,%s]}]}]}]}""".formatted(
                                text("service.name", "kong"),
                                EPOCH_MS * 1_000_000,
                                TRACE,
                                SPAN,
                                text("kong.auth.consumer.id", "c-1"),
                                text("kong.auth.consumer.name", "ann"))))
                .send("zipkin_spans", bytes("""
                        [{"traceId":"%s","id":"%s","kind":"SERVER","name":"get","timestamp":%d,"duration":9,
                        "localEndpoint":{"serviceName":"kong"},"tags":{"kong.consumer":"c-1"}}]""".formatted(TRACE, SPAN, EPOCH_MS * 1_000)));
        plait.at(40_000);

        JsonNode trace = plait.trace();

        assertThat(trace.get("spans").get(0).get("attributes").get("kong.auth.consumer.id"))
                .hasToString("\"c-1\"");
        assertThat(trace.get("logs")).hasSize(2).allSatisfy(log -> {
            assertThat(log.get("attributes").get("kong.auth.consumer.id")).hasToString("\"c-1\"");
            assertThat(log.get("attributes").get("kong.auth.consumer.name")).hasToString("\"ann\"");
        });
        assertThat(trace.get("gateway").get("consumer").asText()).isEqualTo("ann");
    }

    /** The attributes of the one span of the trace that is written next. */
    private Map<String, String> shownAt(long timeMs) {
        plait.at(timeMs);
        Map<String, String> shown = new TreeMap<>();
        JsonNode attributes = plait.trace().get("spans").get(0).get("attributes");
        attributes
                .properties()
                .forEach(field -> shown.put(field.getKey(), field.getValue().toString()));
        return shown;
    }

    private static String number(String key, String value) {
        return "{\"key\":\"%s\",\"value\":{\"doubleValue\":%s}}".formatted(key, value);
    }
}
