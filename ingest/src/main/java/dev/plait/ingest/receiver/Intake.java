package dev.plait.ingest.receiver;

import dev.plait.ingest.receiver.Answer.Kind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What becomes of a body, whichever way it came: decompressed, decoded for what is wrong with it, written as it came or
 * as the frames that it becomes, and answered when Kafka has it. Works on threads of its own, since that takes time and Kafka's client may block. Thread safe.
 *
 * <p>Every request ends in exactly one answer, and gives its bytes back to the budget when that is known.
 */
final class Intake implements AutoCloseable {
    private static final int THREADS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    private final Map<OtlpSignal, String> topics;
    private final FrameTopics frames;
    private final ReceiverLimits limits;
    private final TopicWriter writer;
    private final Budget budget;
    private final RateLimit rates;
    private final ReceiverMetrics metrics;
    private final ThreadLocal<RequestCheck> checks = ThreadLocal.withInitial(RequestCheck::new);
    private final ThreadLocal<RequestFrames> framers;
    private final ExecutorService threads;

    /** @param topics of the signals that are received */
    Intake(
            Map<OtlpSignal, String> topics,
            FrameTopics frames,
            ReceiverLimits limits,
            TopicWriter writer,
            RateLimit rates) {
        this.topics = Map.copyOf(topics);
        this.frames = frames;
        this.framers = ThreadLocal.withInitial(() -> new RequestFrames(checks.get(), frames.partitions()));
        this.limits = limits;
        this.writer = writer;
        this.budget = new Budget(limits.inFlightBytes());
        this.rates = rates;
        this.metrics = new ReceiverMetrics(topics.keySet(), budget);
        // its queue is bounded by the budget, as every task in it holds a lease
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "receive");
            thread.setDaemon(true);
            return thread;
        });
    }

    Map<OtlpSignal, String> topics() {
        return topics;
    }

    ReceiverLimits limits() {
        return limits;
    }

    Budget budget() {
        return budget;
    }

    RateLimit rates() {
        return rates;
    }

    ReceiverMetrics metrics() {
        return metrics;
    }

    /** Takes over {@code lease}. The future never fails. */
    CompletableFuture<Answer> accept(Payload payload, Budget.Lease lease) {
        return CompletableFuture.completedFuture(payload)
                .thenComposeAsync(read -> write(read, lease), threads)
                .exceptionally(Answer::of)
                .whenComplete((answer, never) -> lease.close());
    }

    private CompletableFuture<Answer> write(Payload payload, Budget.Lease lease) {
        byte[] content = payload.content(limits.decompressedBytes(), lease);
        rates.charge(content.length);
        FrameTopics.Target framed = frames.bySignal().get(payload.signal());
        return framed == null ? writeAsItCame(payload, content) : writeFrames(payload, content, framed);
    }

    private CompletableFuture<Answer> writeAsItCame(Payload payload, byte[] content) {
        List<byte[]> values = values(content, payload.json());
        Answer answer = checks.get().check(payload.signal(), content, payload.json());
        if (content.length == 0) {
            return CompletableFuture.completedFuture(answer);
        }
        String topic = topics.get(payload.signal());
        return write(payload, content, values.stream().map(value -> new ProducerRecord<byte[], byte[]>(topic, value)))
                .thenApply(acknowledged -> answer);
    }

    private CompletableFuture<Answer> writeFrames(Payload payload, byte[] content, FrameTopics.Target target) {
        RequestFrames.Outcome outcome = framers.get().of(payload.signal(), content, payload.json(), target);
        return write(payload, content, outcome.records().stream()).thenApply(acknowledged -> {
            metrics.untraced(payload.signal(), outcome.untracedItems());
            return outcome.answer();
        });
    }

    private CompletableFuture<Void> write(
            Payload payload, byte[] content, Stream<ProducerRecord<byte[], byte[]>> records) {
        return CompletableFuture.allOf(records.map(writer::write)
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new))
                .thenRun(() -> metrics.written(payload.signal(), content.length));
    }

    private List<byte[]> values(byte[] content, boolean json) {
        if (content.length <= limits.recordBytes()) {
            return List.of(content);
        }
        if (json) {
            throw new Refusal(Kind.TOO_LARGE, "larger than a topic takes: " + limits.recordBytes() + " bytes");
        }
        return RequestSplitter.split(content, limits.recordBytes());
    }

    @Override
    public void close() {
        threads.shutdown();
        metrics.close();
    }
}
