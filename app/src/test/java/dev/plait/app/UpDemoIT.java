package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plait.app.kafka.TopicReader;
import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpDemoIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void demoTraces_joinEverySignalAndReplayTheSame() throws Exception {
        String data = directory.resolve("data").toString();
        String capture = directory.resolve("in.jsonl").toString();
        String live = directory.resolve("live.jsonl").toString();
        try (PlaitProcess up = PlaitProcess.script(directory, "up", "--demo", "--data", data, "--port", freePort())) {
            up.awaitLine("Plait is up");
            JsonNode purchase = awaitPurchase(data);

            assertThat(purchase.path("gateway").path("product").asText()).isEqualTo("kong");
            assertThat(purchase.path("hops")).hasSize(1);
            assertThat(purchase.path("services"))
                    .extracting(JsonNode::asText)
                    .contains("kong", "checkout-sidecar", "checkout", "orders", "payments", "inventory", "shipping");
            assertThat(purchase.path("verdict").path("complete").asBoolean()).isTrue();
            assertThat(purchase.path("counts").path("logs").asInt()).isGreaterThanOrEqualTo(6);
            assertTraceIsFoundByRequestId(data, purchase);
            assertSecondUpIsRefused(data);

            run("capture", "--data", data, "--output", capture);
            run("capture", Topics.TRACES, "--data", data, "--output", live);
            assertThat(run("capture", Topics.DEAD_LETTERS, "--data", data)).isEmpty();
            assertThat(up.stop()).isZero();
        }
        assertReplayGivesTheSame(capture, live);
        assertStartsAgain(data);
    }

    private void assertSecondUpIsRefused(String data) throws IOException, InterruptedException {
        try (PlaitProcess second = PlaitProcess.script(directory, "up", "--data", data)) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.errors()).startsWith("plait: plait up is already running in " + data);
        }
    }

    private void assertTraceIsFoundByRequestId(String data, JsonNode purchase) {
        String requestId = purchase.path("gateway").path("requestId").asText();

        assertThat(run("trace", requestId, "--data", data))
                .startsWith("trace   " + purchase.path("traceId").asText())
                .contains("kong.balancer", "shipping process orders.placed", "checkout done");
    }

    /** The live run may have stopped before its last traces closed; the replay closes them. */
    private void assertReplayGivesTheSame(String capture, String live) throws IOException {
        String first = directory.resolve("first.jsonl").toString();
        String second = directory.resolve("second.jsonl").toString();
        run("backtest", "--input", capture, "--output", first);
        run("backtest", "--input", capture, "--output", second);

        assertThat(Files.mismatch(Path.of(first), Path.of(second))).isEqualTo(-1);
        Map<String, JsonNode> lived = finalContent(live);
        Map<String, JsonNode> replayed = finalContent(first);
        assertThat(lived).isNotEmpty();
        assertThat(replayed.keySet()).containsAll(lived.keySet());
        lived.forEach((id, trace) -> assertThat(replayed.get(id)).as(id).isEqualTo(trace));
    }

    private void assertStartsAgain(String data) throws IOException, InterruptedException {
        try (PlaitProcess up = PlaitProcess.script(directory, "up", "--data", data)) {
            up.awaitLine("Plait is up");

            assertThat(run("tail", "traces", "--data", data, "--from-beginning", "--limit", "1"))
                    .isNotEmpty();
            assertThat(up.stop()).isZero();
        }
    }

    /** Highest revision of each trace, without what may differ between a live run and its replay. */
    private static Map<String, JsonNode> finalContent(String file) throws IOException {
        Map<String, JsonNode> highest = new HashMap<>();
        for (String line : Files.readAllLines(Path.of(file))) {
            JsonNode one = JSON.readTree(line);
            JsonNode trace = one.path("value");
            if (one.path("topic").asText().equals(Topics.TRACES)) {
                highest.merge(trace.path("traceId").asText(), trace, UpDemoIT::higher);
            }
        }
        highest.values().forEach(trace -> ((ObjectNode) trace).remove(List.of("revision", "closedBecause", "delta")));
        return highest;
    }

    private static JsonNode higher(JsonNode a, JsonNode b) {
        return a.path("revision").asInt() >= b.path("revision").asInt() ? a : b;
    }

    /** The first trace of a purchase that was paid. */
    private static JsonNode awaitPurchase(String data) throws IOException {
        Map<String, String> client = Map.of(
                "bootstrap.servers", DataDirectory.addressIn(Path.of(data)).orElseThrow());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        try (TopicReader reader = TopicReader.open(client, List.of(Topics.TRACES), TopicReader.From.BEGINNING)) {
            while (System.nanoTime() < end) {
                for (var item : reader.poll(Duration.ofMillis(500))) {
                    JsonNode trace = JSON.readTree(item.value());
                    if (trace.path("services").size() == 7
                            && trace.path("gateway").isObject()) {
                        return trace;
                    }
                }
            }
        }
        throw new AssertionError("no trace of a whole purchase within " + PlaitProcess.PATIENCE_SECONDS + " s");
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        assertThat(code).as(err.toString()).isZero();
        return out.toString();
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
