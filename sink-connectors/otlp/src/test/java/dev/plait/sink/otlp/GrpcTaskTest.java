package dev.plait.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.schemas.wire.TraceJson;
import dev.plait.sink.delivery.TaskRun;
import io.grpc.Status;
import io.opentelemetry.proto.trace.v1.Span;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.ObjectName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the shared contract asks, over gRPC. */
class GrpcTaskTest {
    private final GrpcBackend server = new GrpcBackend();
    private final OtlpBackend backend = server.backend();

    GrpcTaskTest() throws Exception {}

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void backendThatSaysNotNow_getsEverythingLaterAndInOrder() {
        backend.failNext(
                Fault.grpc(Status.Code.UNAVAILABLE),
                new Fault.Grpc(Status.Code.RESOURCE_EXHAUSTED, "slow down", Optional.of(Duration.ofMillis(5))),
                Fault.grpc(Status.Code.DEADLINE_EXCEEDED),
                new Fault.Hang());
        try (TaskRun run = TaskRun.start(new OtlpSinkTask(), settings("in-order"), true)) {
            run.put(records(0, 30, 3));

            run.awaitAll();

            assertThat(run.context().reported()).isEmpty();
        }
        for (int key = 0; key < 3; key++) {
            String prefix = "key" + key + "/";
            assertThat(backend.spans().stream().map(Span::getName).filter(name -> name.startsWith(prefix)))
                    .map(name -> Integer.parseInt(name.substring(prefix.length())))
                    .isSorted()
                    .contains(27 + key);
        }
    }

    @Test
    void poison_isReportedAlone() {
        try (TaskRun run = TaskRun.start(new OtlpSinkTask(), settings("poison"), true)) {
            List<SinkRecord> records = records(0, 5, 1);
            records.add(record(5, "key0", Map.of("traceId", "no trace")));
            backend.failWhen(request -> OtlpBackend.spans(request).stream()
                            .anyMatch(span -> span.getName().equals("key0/2"))
                    ? Optional.of(Fault.grpc(Status.Code.INVALID_ARGUMENT))
                    : Optional.empty());

            run.put(records).awaitAll();

            assertThat(run.context().reported()).containsExactlyInAnyOrder(2L, 5L);
            assertThat(run.context().reasons())
                    .anyMatch(why -> why.contains("INVALID_ARGUMENT"))
                    .anyMatch(why -> why.contains("traceId"));
        }
        assertThat(backend.spans()).extracting(Span::getName).contains("key0/0", "key0/1", "key0/3", "key0/4");
    }

    @Test
    void backendThatDeniesEverything_stopsTheTaskWithNothingCommitted() {
        backend.failWhen(request -> Optional.of(Fault.grpc(Status.Code.UNAUTHENTICATED)));
        try (TaskRun run = TaskRun.start(new OtlpSinkTask(), settings("denied"), true)) {
            run.put(records(0, 3, 1));

            assertThatThrownBy(run::awaitAll)
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("credentials");
            assertThat(run.context().reported()).isEmpty();
        }
        assertThat(backend.spans()).isEmpty();
    }

    @Test
    void partialSuccess_isCountedAndNotSentAgain() throws Exception {
        backend.failNext(new Fault.Partial(1, "too old"));
        ObjectName bean = new ObjectName("dev.plait:type=sink-otlp,connector=\"partial\",task=0");
        try (TaskRun run = TaskRun.start(new OtlpSinkTask(), settings("partial"), true)) {
            run.put(records(0, 1, 1)).awaitAll();

            assertThat(attribute(bean, "SpansSent")).isEqualTo(1L);
            assertThat(attribute(bean, "ItemsRejected")).isEqualTo(1L);
            assertThat(attribute(bean, "LastWarning")).isEqualTo("too old");
        }
        assertThat(backend.requests()).isEqualTo(1);
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(bean))
                .isFalse();
    }

    @Test
    void laterRevision_sendsItsNewSpansAlone() {
        FixtureTraces late = new FixtureTraces(7, 6, 1, 4);
        FixtureTraces early = new FixtureTraces(7, 6, 1, 4).withoutLast(2);
        try (TaskRun run = TaskRun.start(new OtlpSinkTask(), settings("revisions"), true)) {
            run.put(List.of(record(
                            0,
                            "t",
                            Records.value(TraceJson.write(early.traces(1, false).get(0))))))
                    .awaitAll();
            run.put(List.of(record(
                            1,
                            "t",
                            Records.value(TraceJson.write(late.traces(2, false).get(0))))))
                    .awaitAll();
        }

        assertThat(backend.spans().stream().map(FixtureTraces::asReceived))
                .containsExactlyInAnyOrderElementsOf(late.spans());
        assertThat(backend.logs()).hasSize(4);
    }

    @Test
    void offsets_areNotCommittedBeforeTheirAnswer() {
        backend.failWhen(request -> Optional.of(Fault.grpc(Status.Code.UNAVAILABLE)));
        try (TaskRun run = TaskRun.start(new OtlpSinkTask(), settings("offsets"), true)) {
            run.put(records(0, 3, 1));
            run.await("something was sent", () -> backend.requests() > 0);

            assertThat(run.committable(new TopicPartition("in", 0))).isZero();
        }
    }

    private Map<String, String> settings(String name) {
        Map<String, String> settings = new HashMap<>();
        settings.put("name", name);
        settings.put("endpoint", server.url());
        settings.put("protocol", "grpc");
        settings.put("topics.traces", "in");
        settings.put("batch.size", "5");
        settings.put("batch.linger.ms", "0");
        settings.put("retry.backoff.ms", "1");
        settings.put("retry.backoff.max.ms", "20");
        settings.put("http.request.timeout.ms", "2000");
        return settings;
    }

    private static List<SinkRecord> records(int from, int to, int keys) {
        List<SinkRecord> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String key = "key" + i % keys;
            records.add(record(i, key, Records.value(TraceJson.write(OtlpContract.trace(key + "/" + i, i)))));
        }
        return records;
    }

    private static SinkRecord record(long offset, String key, Object value) {
        return new SinkRecord("in", 0, null, key, null, value, offset, 1L, TimestampType.CREATE_TIME);
    }

    private static Object attribute(ObjectName bean, String name) throws Exception {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(bean, name);
    }
}
