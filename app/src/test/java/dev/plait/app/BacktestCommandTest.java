package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final long START_MS = 1_767_225_600_000L;

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void capture_givesJoinedTraceAndDeadLetterTheSameEachTime() throws IOException {
        Path capture = write(
                "in.jsonl",
                line(Topics.OTLP_SPANS, START_MS + 90, spans()),
                line(Topics.KONG_LOGS, START_MS + 95, kong()),
                line(Topics.KONG_LOGS, START_MS + 96, "\"not a log\""),
                line(Topics.MESH_ACCESS_LOGS, START_MS + 97, JSON.writeValueAsString(kuma())),
                line("elsewhere", START_MS + 98, "{}"));

        List<JsonNode> first = backtest("first.jsonl", "--input", capture.toString());
        List<JsonNode> second = backtest("second.jsonl", "--input", capture.toString());

        assertThat(first).isEqualTo(second);
        assertThat(Files.mismatch(directory.resolve("first.jsonl"), directory.resolve("second.jsonl")))
                .isEqualTo(-1);
        JsonNode trace = only(first, Topics.TRACES).path("value");
        assertThat(trace.path("traceId").asText()).isEqualTo(TRACE);
        assertThat(trace.path("spans")).hasSize(1);
        assertThat(trace.path("gateway").path("product").asText()).isEqualTo("kong");
        assertThat(trace.path("hops")).hasSize(1);
        assertThat(trace.path("closedBecause").asText()).isEqualTo("ROOT_COMPLETE");
        assertThat(only(first, Topics.DEAD_LETTERS).path("value").asText()).isEqualTo("not a log");
        assertThat(only(first, Topics.DECISIONS).path("key").asText()).isEqualTo(TRACE);
        assertThat(err.toString()).contains("passed over 1 records of topic elsewhere, which no source covers");
    }

    @Test
    void lateRecord_givesASecondRevision() throws IOException {
        Path capture = write(
                "in.jsonl",
                line(Topics.OTLP_SPANS, START_MS, spans()),
                line(Topics.KONG_LOGS, START_MS + 12_000, kong()),
                line(Topics.OTLP_SPANS, START_MS + 40_000, spans().replace("0e4736", "0e4737")));

        List<JsonNode> revisions = backtest("out.jsonl", "--input", capture.toString()).stream()
                .filter(one -> one.path("key").asText().equals(TRACE))
                .filter(one -> one.path("topic").asText().equals(Topics.TRACES))
                .map(one -> one.path("value"))
                .toList();

        assertThat(revisions).extracting(one -> one.path("revision").asInt()).containsExactly(1, 2);
        assertThat(revisions.get(0).path("gateway").isNull()).isTrue();
        assertThat(revisions.get(1).path("gateway").path("product").asText()).isEqualTo("kong");
        assertThat(revisions.get(1).path("delta").asBoolean()).isFalse();
    }

    @Test
    void rawFiles_haveTheTimesFoundInThem() throws IOException {
        Path spans = Files.writeString(directory.resolve("spans.json"), spans());
        Path kong = write("kong.log", kong(), "", kong().replace(TRACE, "4bf92f3577b34da6a3ce929d0e0e4799"));

        List<JsonNode> out =
                backtest("out.jsonl", "--input", Topics.OTLP_SPANS + "=" + spans, Topics.KONG_LOGS + "=" + kong);

        List<JsonNode> traces = out.stream()
                .filter(one -> one.path("topic").asText().equals(Topics.TRACES))
                .toList();
        assertThat(traces)
                .extracting(one -> one.path("key").asText())
                .contains(TRACE)
                .hasSize(2);
        assertThat(traces)
                .allSatisfy(one -> assertThat(one.path("timestamp").asLong()).isBetween(START_MS, START_MS + 60_000));
    }

    @Test
    void rawFileOfUnknownTopic_isRefused() throws IOException {
        Path file = write("x.log", "x");

        int code = run("backtest", "--input", "elsewhere=" + file);

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).startsWith("plait: --input: no source covers topic 'elsewhere'; the sources are [");
    }

    private static String spans() {
        return "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                + "{\"stringValue\":\"orders\"}}]},\"scopeSpans\":[{\"spans\":[{\"traceId\":\"" + TRACE
                + "\",\"spanId\":\"00f067aa0ba902b7\",\"name\":\"GET /orders\",\"kind\":2,\"startTimeUnixNano\":\""
                + START_MS + "000000\",\"endTimeUnixNano\":\"" + (START_MS + 80) + "000000\"}]}]}]}";
    }

    private static String kong() {
        return "{\"request\":{\"id\":\"9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f\",\"method\":\"GET\",\"uri\":\"/orders?id=7\"},"
                + "\"response\":{\"status\":200,\"size\":312},\"latencies\":{\"kong\":3,\"proxy\":41,\"request\":46},"
                + "\"started_at\":" + START_MS + ",\"client_ip\":\"10.0.0.9\",\"trace_id\":{\"w3c\":\"" + TRACE
                + "\"}}";
    }

    private static String kuma() {
        return "[2026-01-01T00:00:00.010Z] default \"GET /orders HTTP/1.1\" 200 - 0 91 12 11 \"-\" \"curl/8.5\" \""
                + TRACE
                + "\" \"0b3c0000-0000-4000-8000-000000000001\" \"orders.mesh\" \"kong\" \"orders\" \"10.42.0.7\" "
                + "\"10.42.1.9:8080\"";
    }

    private static String line(String topic, long timestampMs, String value) {
        return "{\"topic\":\"" + topic + "\",\"timestamp\":" + timestampMs + ",\"key\":null,\"value\":" + value + "}";
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private static JsonNode only(List<JsonNode> records, String topic) {
        List<JsonNode> found = records.stream()
                .filter(one -> one.path("topic").asText().equals(topic))
                .toList();
        assertThat(found).as(topic).hasSize(1);
        return found.get(0);
    }

    private List<JsonNode> backtest(String output, String... inputs) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("backtest"));
        arguments.addAll(List.of(inputs));
        arguments.addAll(List.of("--output", directory.resolve(output).toString()));
        int code = run(arguments.toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        List<JsonNode> records = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve(output))) {
            records.add(JSON.readTree(line));
        }
        return records;
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(new StringWriter(), true), new PrintWriter(err, true), arguments);
    }
}
