package dev.plait.topology;

import static dev.plait.topology.Telemetry.EPOCH_MS;
import static dev.plait.topology.Telemetry.REQUEST;
import static dev.plait.topology.Telemetry.TRACE;
import static dev.plait.topology.Telemetry.kong;
import static dev.plait.topology.Telemetry.log;
import static dev.plait.topology.Telemetry.span;
import static dev.plait.topology.Telemetry.spans;
import static dev.plait.topology.Telemetry.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.ingest.Decoder;
import dev.plait.ingest.frame.SignalRouter;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.topic.DeadLetterHeaders;
import dev.plait.schemas.topic.Topics;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.FrameSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that are partitioned by Plait: frames of receivers beside, or instead of, what decode tasks send. */
class ReceivedFramesTest {
    private static final String ROOT = "00f067aa0ba902b7";
    private static final String CHILD = "00f067aa0ba902b8";
    private static final String DECODED = """
            sources:
              - { topic: otlp_spans, format: otlp, signal: traces, tags: { region: eu } }
              - { topic: otlp_logs, format: otlp, signal: logs, tags: { region: eu } }
              - { topic: kong_logs, format: kong }
            """;
    private static final String FRAMED = """
            sources:
              - { topic: otlp_spans, format: otlp, signal: traces, tags: { region: eu }, partitioned-by: plait }
              - { topic: otlp_logs, format: otlp, signal: logs, tags: { region: eu }, partitioned-by: plait }
              - { topic: kong_logs, format: kong }
            """;
    private static final String FRAMED_ALONE = """
            sources: [ { topic: otlp_spans, format: otlp, signal: traces, partitioned-by: plait } ]
            """;

    /** One way of bringing OTLP requests into the topology. */
    private interface Way {
        void send(TopologyHarness plait, String topic, byte[] request);
    }

    private static final Way AS_THEY_CAME = TopologyHarness::send;
    private static final Way AS_FRAMES = (plait, topic, request) ->
            sendFrames(plait, topic, topic.equals("otlp_logs") ? OtlpDecoder.logs() : OtlpDecoder.traces(), request);

    private static void sendFrames(TopologyHarness plait, String topic, Decoder decoder, byte[] request) {
        SignalRouter router = new SignalRouter(1);
        router.start(Source.OTLP, Map.of("region", "eu"), Set.of());
        assertThat(decoder.decode(request, router)).isEmpty();
        router.drain(
                0,
                0,
                0,
                (partition, frame) -> plait.send(topic, frame),
                (partition, frame) -> plait.send(topic + "-requests", frame));
    }

    /** Everything that Plait writes of the same requests, whichever way they came, in the same order and with the same clock. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void frames_giveTheSameTracesAndWindowsAsWhatTheyWereMadeOf(long seed) {
        List<List<JsonNode>> decoded = answers(DECODED, AS_THEY_CAME, seed);
        List<List<JsonNode>> framed = answers(FRAMED, AS_FRAMES, seed);

        assertThat(framed).isEqualTo(decoded);
        assertThat(framed.get(0)).hasSizeGreaterThan(20);
    }

    private static List<List<JsonNode>> answers(String sources, Way way, long seed) {
        Random random = new Random(seed);
        try (TopologyHarness plait = new TopologyHarness(sources)) {
            for (long timeMs = 0; timeMs < 20_000; timeMs += 250) {
                plait.at(timeMs);
                for (int piece = random.nextInt(4); piece > 0; piece--) {
                    send(plait, way, timeMs, random);
                }
            }
            for (long timeMs = 20_000; timeMs < 220_000; timeMs += 1_000) {
                plait.at(timeMs);
            }
            List<List<JsonNode>> answers = new ArrayList<>();
            for (String topic : List.of(Topics.TRACES, Topics.DECISIONS, Topics.RED, Topics.EDGES)) {
                answers.add(plait.written(topic));
            }
            return answers;
        }
    }

    /** A piece of one of thirty requests: a span, perhaps a second time or late; a log; Kong's log with or without a trace ID. */
    private static void send(TopologyHarness plait, Way way, long timeMs, Random random) {
        int number = 1 + random.nextInt(30);
        String trace = "%016x%016x".formatted(number * 7L, number * 1_000_003L);
        String request = "9f0c1e0c6d7a4b0f8a3a0c5c1b2d%04x".formatted(number);
        switch (random.nextInt(5)) {
            case 0 ->
                way.send(
                        plait,
                        "otlp_spans",
                        spans("gateway", span(trace, ROOT, "", timeMs, 50, text("kong.request.id", request))));
            case 1 ->
                way.send(
                        plait,
                        "otlp_spans",
                        spans(
                                "orders",
                                span(trace, CHILD, ROOT, timeMs, 20),
                                span(TRACE, "%016x".formatted(timeMs + 1), "", timeMs, 20)));
            case 2 -> way.send(plait, "otlp_logs", log("orders", trace, CHILD, timeMs, "took an order"));
            case 3 -> plait.send("kong_logs", kong(request, "", 200, timeMs));
            default -> plait.send("kong_logs", kong(request, "{\"w3c\":\"" + trace + "\"}", 503, timeMs));
        }
    }

    @Test
    void frames_areEnoughAlone() {
        try (TopologyHarness plait = new TopologyHarness(FRAMED_ALONE)) {
            plait.at(0);
            AS_FRAMES.send(plait, "otlp_spans", spans("gateway", span(TRACE, ROOT, "", 0, 50)));
            plait.at(5_999);
            assertThat(plait.traces()).isEmpty();
            plait.at(6_000);

            assertThat(plait.trace().get("traceId").asText()).isEqualTo(TRACE);
            assertThat(plait.counted("items-in")).isEqualTo(1);
        }
    }

    /** Receivers write something all the time. When they are gone, what is open must close all the same. */
    @Test
    void trace_closesWhenNoReceiverIsLeft() {
        try (TopologyHarness plait = new TopologyHarness(FRAMED_ALONE)) {
            plait.at(0);
            AS_FRAMES.send(plait, "otlp_spans", spans("gateway", span(TRACE, ROOT, "", 0, 50)));

            plait.silence(30_000);

            assertThat(plait.traces()).hasSize(1);
        }
    }

    /** A receiver that is quiet but ticks holds back no one, and one that is behind does. */
    @Test
    void clock_waitsForTheSlowerOfReceiversAndDecoders() {
        try (TopologyHarness plait = new TopologyHarness(FRAMED)) {
            plait.at(0);
            plait.send("kong_logs", kong(REQUEST, "{\"w3c\":\"" + TRACE + "\"}", 200, 0));
            AS_FRAMES.send(plait, "otlp_spans", spans("gateway", span(TRACE, ROOT, "", 0, 50)));

            // wall time goes on, and decode tasks with it: the frames' topic stands still for less than source-idle
            plait.ticksOfDecoders(9_000);
            assertThat(plait.traces()).isEmpty();
            plait.at(9_001);

            assertThat(plait.traces()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"otlp_spans", "otlp_spans-requests"})
    void bytesThatAreNoFrame_areADeadLetterAndStopNothing(String topic) {
        try (TopologyHarness plait = new TopologyHarness(FRAMED)) {
            byte[] request = spans("gateway", span(TRACE, ROOT, "", 0, 50));
            plait.at(0).send(topic, request).send(topic, new byte[0]).send(topic, null);
            AS_FRAMES.send(plait, "otlp_spans", request);
            plait.at(7_000);

            assertThat(plait.traces()).hasSize(1);
            var letters = plait.deadLetters();
            assertThat(letters).hasSize(2);
            assertThat(letters.get(0).value()).isEqualTo(request);
            assertThat(TopologyHarness.header(letters.get(0), DeadLetterHeaders.REASON))
                    .isEqualTo("WRONG_FORMAT");
            assertThat(TopologyHarness.header(letters.get(0), DeadLetterHeaders.DETAIL))
                    .isEqualTo("not a frame as Plait's receivers write them: corrupt frame: bad version");
            assertThat(TopologyHarness.header(letters.get(0), DeadLetterHeaders.FORMAT))
                    .isEqualTo("frames");
            assertThat(TopologyHarness.header(letters.get(0), DeadLetterHeaders.SOURCE_TOPIC))
                    .isEqualTo(topic);
            assertThat(plait.counted("records-dead")).isEqualTo(2);
        }
    }

    /** Slices that no decoder has seen: whatever is in them, it is written or left out, and what follows is read. */
    @Test
    void slicesOfGarbage_stopNothing() {
        try (TopologyHarness plait = new TopologyHarness(FRAMED_ALONE)) {
            Random random = new Random(11);
            plait.at(0);
            for (int number = 1; number <= 300; number++) {
                FrameSet set = new FrameSet(1);
                set.start(Source.OTLP, Map.of());
                byte[] garbage = new byte[random.nextInt(400)];
                random.nextBytes(garbage);
                int resource = set.resource(garbage, 0, garbage.length / 3);
                int scope = set.scope(garbage, 0, garbage.length / 2);
                int flags = number % 3 == 0
                        ? ItemFlags.LOG | ItemFlags.ACCESS_LOG
                        : ItemFlags.span(number % 6) | ItemFlags.ENDED | (number % 2 == 0 ? ItemFlags.ROOT : 0);
                set.add(0, 0, number, number, 0, flags, resource, scope, garbage, 0, garbage.length);
                set.drain(0, Long.MAX_VALUE, Long.MAX_VALUE, (partition, frame) -> plait.send("otlp_spans", frame));
            }
            AS_FRAMES.send(plait, "otlp_spans", spans("gateway", span(TRACE, ROOT, "", 0, 50)));

            for (long timeMs = 1_000; timeMs < 200_000; timeMs += 1_000) {
                plait.at(timeMs);
            }

            assertThat(plait.traces())
                    .extracting(trace -> trace.get("traceId").asText())
                    .contains(TRACE)
                    .hasSizeGreaterThan(100);
        }
    }

    /** Whoever wrote it has no say in the clock. */
    @Test
    void timesInAFrame_areNotBelieved() {
        try (TopologyHarness plait = new TopologyHarness(FRAMED_ALONE)) {
            plait.at(0);
            plait.send("otlp_spans", Frame.tick(0, EPOCH_MS + 3_600_000));
            AS_FRAMES.send(plait, "otlp_spans", spans("gateway", span(TRACE, ROOT, "", 0, 50)));
            plait.at(5_000);
            assertThat(plait.traces()).isEmpty();
            plait.at(6_000);

            assertThat(plait.trace().get("closedBecause").asText()).isEqualTo("ROOT_COMPLETE");
        }
    }
}
