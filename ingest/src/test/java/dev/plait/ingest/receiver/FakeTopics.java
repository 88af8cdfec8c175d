package dev.plait.ingest.receiver;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** Topics in memory, which acknowledge as they are told. */
final class FakeTopics implements TopicWriter {
    /** One record. */
    record Written(String topic, String hex) {}

    private final List<Written> records = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Written> arrived = new LinkedBlockingQueue<>();
    private volatile Supplier<CompletionStage<Void>> acknowledgement = () -> CompletableFuture.completedFuture(null);

    void acknowledge(Supplier<CompletionStage<Void>> acknowledgement) {
        this.acknowledgement = acknowledgement;
    }

    void clear() {
        records.clear();
        arrived.clear();
        acknowledgement = () -> CompletableFuture.completedFuture(null);
    }

    List<Written> records() {
        return records;
    }

    BlockingQueue<Written> arrived() {
        return arrived;
    }

    @Override
    public CompletionStage<Void> write(String topic, byte[] value) {
        Written record = new Written(topic, java.util.HexFormat.of().formatHex(value));
        records.add(record);
        arrived.add(record);
        return acknowledgement.get();
    }
}
