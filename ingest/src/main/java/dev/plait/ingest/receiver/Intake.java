package dev.plait.ingest.receiver;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What becomes of a body, whichever way it came: decompressed, decoded for what is wrong with it, written as it came or as the
 * frames that it becomes, and answered when Kafka has it. Works on threads of its own, since that takes time and Kafka's client
 * may block. Thread safe.
 *
 * <p>Every request ends in exactly one answer, and gives its bytes back to the budget when that is known.
 */
final class Intake implements AutoCloseable {
    private static final int THREADS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    private final Map<Input, String> topics;
    private final FrameTopics frames;
    private final ReceiverLimits limits;
    private final TopicWriter writer;
    private final Budget budget;
    private final RateLimit rates;
    private final ReceiverMetrics metrics;
    private final ThreadLocal<RequestCheck> checks = ThreadLocal.withInitial(RequestCheck::new);
    private final ThreadLocal<RequestFrames> framers;
    private final ExecutorService threads;
    private final Delivery delivery;

    /** @param topics of what is received */
    Intake(Map<Input, String> topics, FrameTopics frames, ReceiverLimits limits, TopicWriter writer, RateLimit rates) {
        this.topics = Map.copyOf(topics);
        this.frames = frames;
        this.framers = ThreadLocal.withInitial(() -> new RequestFrames(frames));
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
        this.delivery = new Delivery(this, writer, threads);
    }

    Map<Input, String> topics() {
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

    Executor threads() {
        return threads;
    }

    /** For what is not answered. */
    Delivery delivery() {
        return delivery;
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
        if (payload.input() instanceof OtlpSignal signal && frames.bySignal().containsKey(signal)) {
            return writeFrames(signal, payload, content);
        }
        return writeAsItCame(payload, content);
    }

    private CompletableFuture<Answer> writeAsItCame(Payload payload, byte[] content) {
        List<byte[]> values = payload.records(content, limits.recordBytes());
        Answer answer = checks.get().check(payload.input(), content, payload.json());
        if (content.length == 0) {
            return CompletableFuture.completedFuture(answer);
        }
        String topic = topics.get(payload.input());
        return write(payload, content, values.stream().map(value -> new ProducerRecord<byte[], byte[]>(topic, value)))
                .thenApply(acknowledged -> answer);
    }

    private CompletableFuture<Answer> writeFrames(OtlpSignal signal, Payload payload, byte[] content) {
        RequestFrames.Outcome outcome = framers.get().of(signal, content, payload.json());
        return write(payload, content, outcome.records().stream()).thenApply(acknowledged -> {
            metrics.framed(signal, outcome.untracedItems(), outcome.redactedSecrets());
            return outcome.answer();
        });
    }

    private CompletableFuture<Void> write(
            Payload payload, byte[] content, Stream<ProducerRecord<byte[], byte[]>> records) {
        return CompletableFuture.allOf(records.map(writer::write)
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new))
                .thenRun(() -> metrics.written(payload.input(), content.length));
    }

    @Override
    public void close() {
        threads.shutdown();
        metrics.close();
    }
}
