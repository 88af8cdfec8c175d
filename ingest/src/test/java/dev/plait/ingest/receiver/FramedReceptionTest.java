package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import dev.plait.ingest.envoy.MeshFormat;
import dev.plait.ingest.frame.FrameProblem;
import dev.plait.ingest.frame.Hop;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.topic.DeadLetterHeaders;
import dev.plait.schemas.topic.Topics;
import dev.plait.schemas.wire.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class FramedReceptionTest {
    private static final String[] JSON = {"content-type", "application/json"};
    private static final int PARTITIONS = 4;
    private static final Duration NEVER = Duration.ofDays(1);
    private static final FrameTopics.Target SPANS = new FrameTopics.Target(
            "span-frames", "span-frames-requests", Map.of("region", "eu"), MeshFormat::byDefault);

    private static ReceiverFixture receivers(Duration tickEach) throws IOException {
        FrameTopics frames =
                new FrameTopics(Map.of(OtlpSignal.TRACES, SPANS), PARTITIONS, Redaction.DEFAULT, true, tickEach);
        return new ReceiverFixture(ReceiverFixture.limits(8 << 20, 500), ReceiverAccess.OPEN, frames);
    }

    @Test
    void request_becomesAFrameForEachPartitionOfItsTraces() throws IOException {
        try (ReceiverFixture fixture = receivers(NEVER)) {
            StringBuilder spans = new StringBuilder();
            for (int i = 1; i <= 64; i++) {
                spans.append(i == 1 ? "" : ",").append(span(i));
            }

            AggregatedHttpResponse answer = fixture.post("/v1/traces", request(spans.toString()), JSON);

            assertThat(answer.status().code()).isEqualTo(200);
            Set<Integer> partitions = new HashSet<>();
            int items = 0;
            for (ProducerRecord<byte[], byte[]> written : withItems(fixture, "span-frames")) {
                Frame frame = Frame.of(written.value());
                assertThat(FrameProblem.of(written.value(), Hop.FRAMES, written.partition(), PARTITIONS))
                        .isEmpty();
                assertThat(frame.tags()).isEqualTo(SPANS.tags());
                partitions.add(written.partition());
                items += frame.size();
            }
            assertThat(partitions).hasSize(PARTITIONS);
            assertThat(items).isEqualTo(64);
            // each span names its request too
            assertThat(withItems(fixture, "span-frames-requests"))
                    .isNotEmpty()
                    .allSatisfy(written -> assertThat(
                                    FrameProblem.of(written.value(), Hop.REQUESTS, written.partition(), PARTITIONS))
                            .isEmpty());
        }
    }

    @Test
    void badItem_isToldAndBecomesADeadLetterBesideTheGoodOnes() throws IOException {
        try (ReceiverFixture fixture = receivers(NEVER)) {
            byte[] body = request(span(1) + ",{\"traceId\":\"not hex\"}");

            AggregatedHttpResponse answer = fixture.post("/v1/traces", body, JSON);

            assertThat(answer.contentUtf8())
                    .startsWith("{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"item 1: BAD_ID: ");
            ProducerRecord<byte[], byte[]> letter =
                    withItems(fixture, Topics.DEAD_LETTERS).get(0);
            assertThat(letter.value()).isEqualTo(body);
            assertThat(header(letter, DeadLetterHeaders.REASON)).isEqualTo("BAD_ID");
            assertThat(header(letter, DeadLetterHeaders.SOURCE_TOPIC)).isEqualTo("span-frames");
            assertThat(header(letter, DeadLetterHeaders.FORMAT)).isEqualTo("otlp");
            assertThat(header(letter, DeadLetterHeaders.SIGNAL)).isEqualTo("traces");
            assertThat(header(letter, DeadLetterHeaders.ITEM)).isEqualTo("1");
            assertThat(withItems(fixture, "span-frames")).hasSize(1);
        }
    }

    @Test
    void manyBadItems_areAllCountedButShareALetterInTheEnd() throws IOException {
        try (ReceiverFixture fixture = receivers(NEVER)) {
            AggregatedHttpResponse answer = fixture.post("/v1/traces", request(span(1) + ",{}".repeat(5_000)), JSON);

            assertThat(answer.contentUtf8()).contains("\"rejectedSpans\":\"5000\"", "and 4997 more");
            List<ProducerRecord<byte[], byte[]>> letters = withItems(fixture, Topics.DEAD_LETTERS);
            assertThat(letters).hasSize(1_001);
            assertThat(header(letters.get(1_000), DeadLetterHeaders.DETAIL)).endsWith("; and of 4000 items in all");
        }
    }

    @Test
    void requestThatIsNone_isRefusedAndLeavesNothing() throws IOException {
        try (ReceiverFixture fixture = receivers(NEVER)) {
            AggregatedHttpResponse answer = fixture.post("/v1/traces", text("{\"resourceSpans\":7}"), JSON);

            assertThat(answer.status().code()).isEqualTo(400);
            assertThat(withItems(fixture, "span-frames")).isEmpty();
            assertThat(withItems(fixture, Topics.DEAD_LETTERS)).isEmpty();
        }
    }

    @Test
    void requestOfAFrameThatKafkaDoesNotTake_isUnavailableAndTakenWhenItIsSentAgain() throws IOException {
        try (ReceiverFixture fixture = receivers(NEVER)) {
            fixture.topics.acknowledge(() -> CompletableFuture.failedFuture(new IllegalStateException("away")));
            assertThat(fixture.post("/v1/traces", request(span(1)), JSON)
                            .status()
                            .code())
                    .isEqualTo(503);

            fixture.topics.clear();
            assertThat(fixture.post("/v1/traces", request(span(1)), JSON)
                            .status()
                            .code())
                    .isEqualTo(200);
            assertThat(withItems(fixture, "span-frames")).hasSize(1);
        }
    }

    @Test
    void requestLargerThanARecord_needsNoSplitting() throws IOException {
        try (ReceiverFixture fixture = receivers(NEVER)) {
            String wide = "x".repeat(100_000);
            StringBuilder spans = new StringBuilder(span(1));
            for (int i = 2; i <= 9; i++) {
                spans.append(',').append(span(i).replace("orders", wide));
            }

            AggregatedHttpResponse answer = fixture.post("/v1/traces", request(spans.toString()), JSON);

            assertThat(answer.status().code()).isEqualTo(200);
            assertThat(withItems(fixture, "span-frames").stream()
                            .mapToInt(written -> Frame.of(written.value()).size())
                            .sum())
                    .isEqualTo(9);
        }
    }

    @Test
    void otherSignals_areWrittenAsTheyCame() throws IOException {
        try (ReceiverFixture fixture = receivers(NEVER)) {
            byte[] logs = Bodies.small(OtlpSignal.LOGS);
            fixture.post("/v1/logs", logs, "content-type", "application/x-protobuf");

            assertThat(withItems(fixture, "logs"))
                    .singleElement()
                    .satisfies(written -> assertThat(written.value()).isEqualTo(logs));
        }
    }

    @Test
    void everyPartition_getsTicksAndNoneWhileOneIsOnItsWay() throws Exception {
        try (ReceiverFixture fixture = receivers(Duration.ofMillis(5))) {
            int each = 2 * PARTITIONS;
            for (int tick = 0; tick < 3 * each; tick++) {
                assertThat(fixture.topics.arrived().poll(20, TimeUnit.SECONDS)).isNotNull();
            }
            Set<String> where = new HashSet<>();
            fixture.topics.asGiven().forEach(tick -> {
                assertThat(Frame.of(tick.value()).size()).isZero();
                where.add(tick.topic() + "-" + tick.partition());
            });
            assertThat(where).hasSize(each);

            CompletableFuture<Void> later = new CompletableFuture<>();
            fixture.topics.acknowledge(() -> later);
            while (fixture.topics.arrived().poll(300, TimeUnit.MILLISECONDS) != null) {
                // those that were begun before
            }
            fixture.topics.acknowledge(() -> CompletableFuture.completedFuture(null));
            assertThat(fixture.topics.arrived().poll(300, TimeUnit.MILLISECONDS))
                    .isNull();
            later.complete(null);
            assertThat(fixture.topics.arrived().poll(20, TimeUnit.SECONDS)).isNotNull();
        }
    }

    /** The first tick of each partition comes at once, beside everything else. */
    private static List<ProducerRecord<byte[], byte[]>> withItems(ReceiverFixture fixture, String topic) {
        return fixture.topics.asGiven().stream()
                .filter(written -> written.topic().equals(topic))
                .filter(written -> !topic.startsWith("span-frames")
                        || Frame.of(written.value()).size() > 0)
                .toList();
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String span(int number) {
        return """
                {"traceId":"%016x%016x","spanId":"00f067aa0ba902b7","kind":2,"name":"orders","attributes":[{"key":\
                "kong.request.id","value":{"stringValue":"9f0c1e0c6d7a4b0f8a3a0c5c1b2d%04x"}}]}""".formatted(number, number * 7L, number);
    }

    private static byte[] request(String spans) {
        return text("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + spans + "]}]}]}");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
