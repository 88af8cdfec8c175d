package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.app.kafka.TopicReader;
import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpDemoIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private Optional<RealAlertmanager> alertmanager = Optional.empty();

    @AfterEach
    void stopAlertmanager() {
        alertmanager.ifPresent(RealAlertmanager::close);
    }

    @Test
    void demoTraces_joinEverySignalAndReplayTheSame() throws Exception {
        String data = directory.resolve("data").toString();
        String capture = directory.resolve("in.jsonl").toString();
        String live = directory.resolve("live.jsonl").toString();
        String pager = RealAlertmanager.isInstalled() ? Integer.toString(LoopbackPorts.any()) : "";
        String url = pager.isEmpty() ? "none" : "http://127.0.0.1:" + pager;
        try (PlaitProcess up = PlaitProcess.script(
                directory,
                "up",
                "--demo",
                "--data",
                data,
                "--port",
                Integer.toString(LoopbackPorts.any()),
                "--alertmanager",
                url)) {
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
            JsonNode firing = awaitFiringPage(data);
            if (!pager.isEmpty()) {
                // started after what it is to hear of
                alertmanager = Optional.of(RealAlertmanager.start(directory, pager));
                alertmanager.get().awaitAlert("checkout-availability");
            }
            assertPageNamesTheServiceAtFaultAndResolves(data, firing);

            assertThat(run("doctor", "--data", data, "--fail-on", "problem"))
                    .contains("OUTPUTS", "gateway log joined")
                    .doesNotContain("PROBLEM");
            run("capture", "--data", data, "--output", capture);
            run("capture", Topics.TRACES, Topics.ALERTS, "--data", data, "--output", live);
            assertThat(run("capture", Topics.DEAD_LETTERS, "--data", data)).isEmpty();
            assertThat(up.stop()).isZero();
        }
        assertReplayGivesTheSame(capture, live);
        assertStartsAgain(data);
        assumeThat(pager)
                .as("prometheus-alertmanager is not installed: alerts were not sent to one")
                .isNotEmpty();
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

    /** The fault comes 20 s after the start and goes 40 s later. */
    private static JsonNode awaitFiringPage(String data) throws IOException {
        return awaitPage(
                data,
                page -> page.path("state").asText().equals("FIRING")
                        && !page.path("evidence").path("traces").isEmpty());
    }

    private static void assertPageNamesTheServiceAtFaultAndResolves(String data, JsonNode firing) throws IOException {
        JsonNode evidence = firing.path("evidence");
        String trace = evidence.path("traces").path(0).path("traceId").asText();

        assertThat(firing.path("annotations").path("summary").asText()).contains("payments");
        assertThat(evidence.path("rootCauses").path(0).path("service").asText()).isEqualTo("payments");
        assertThat(evidence.path("logs")).isNotEmpty();
        assertThat(run("trace", trace, "--data", data))
                .startsWith("trace   " + trace)
                .contains("cause: payments");
        assertThat(run("slo", "list", "--data", data)).contains("checkout-availability", "FIRING");
        assertThat(run("tail", "alerts", "--data", data, "--from-beginning", "--limit", "1"))
                .contains("FIRING");
        assertThat(run("tail", "red", "--data", data, "--from-beginning", "--limit", "1"))
                .contains("requests");
        awaitPage(
                data,
                page -> page.path("state").asText().equals("RESOLVED")
                        && page.path("fingerprint").equals(firing.path("fingerprint")));
    }

    private static JsonNode awaitPage(String data, Predicate<JsonNode> wanted) throws IOException {
        return await(
                data, Topics.ALERTS, alert -> alert.path("severity").asText().equals("page") && wanted.test(alert));
    }

    /** The live run may have stopped before its last traces closed; the replay closes them. */
    private void assertReplayGivesTheSame(String capture, String live) throws IOException {
        String first = directory.resolve("first.jsonl").toString();
        String second = directory.resolve("second.jsonl").toString();
        String config = Files.writeString(directory.resolve("replay.yaml"), "slo: { time-scale: 60 }\n")
                .toString();
        String slos = Path.of("src/main/resources/demo/slo.yaml").toString();
        run("backtest", "--input", capture, "--slo", slos, "--config", config, "--output", first);
        run("backtest", "--input", capture, "--slo", slos, "--config", config, "--output", second);

        assertThat(Files.mismatch(Path.of(first), Path.of(second))).isEqualTo(-1);
        Map<String, JsonNode> lived = finalContent(live);
        Map<String, JsonNode> replayed = finalContent(first);
        assertThat(lived).isNotEmpty();
        assertThat(replayed.keySet()).containsAll(lived.keySet());
        lived.forEach((id, trace) -> assertThat(replayed.get(id)).as(id).isEqualTo(trace));
        assertThat(transitions(first)).startsWith(transitions(live).toArray(String[]::new));
    }

    /** When each alert fired and resolved, in the order of records. */
    private static List<String> transitions(String file) throws IOException {
        Map<String, String> states = new HashMap<>();
        List<String> transitions = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(file))) {
            JsonNode one = JSON.readTree(line);
            JsonNode alert = one.path("value");
            String state = alert.path("state").asText();
            if (one.path("topic").asText().equals(Topics.ALERTS)
                    && !state.equals(states.put(alert.path("fingerprint").asText(), state))) {
                String time = (state.equals("RESOLVED") ? alert.path("endsAtMs") : alert.path("startsAtMs")).asText();
                transitions.add(time + " " + alert.path("severity").asText() + " " + state);
            }
        }
        transitions.sort(null);
        return transitions;
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
        return await(
                data,
                Topics.TRACES,
                trace -> trace.path("services").size() == 7
                        && trace.path("gateway").isObject());
    }

    /** The first record of a topic that is wanted. */
    private static JsonNode await(String data, String topic, Predicate<JsonNode> wanted) throws IOException {
        Map<String, String> client = Map.of(
                "bootstrap.servers", DataDirectory.addressIn(Path.of(data)).orElseThrow());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        try (TopicReader reader = TopicReader.open(client, List.of(topic), TopicReader.From.BEGINNING)) {
            while (System.nanoTime() < end) {
                for (var item : reader.poll(Duration.ofMillis(500))) {
                    JsonNode value = JSON.readTree(item.value());
                    if (wanted.test(value)) {
                        return value;
                    }
                }
            }
        }
        throw new AssertionError("waited in vain for " + PlaitProcess.PATIENCE_SECONDS + " s on " + topic);
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        assertThat(code).as(err.toString()).isZero();
        return out.toString();
    }
}
