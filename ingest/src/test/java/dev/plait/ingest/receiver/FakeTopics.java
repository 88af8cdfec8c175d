package dev.plait.ingest.receiver;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Topics in memory, which acknowledge as they are told. */
final class FakeTopics implements TopicWriter {
    /** One record. */
    record Written(String topic, String hex) {}

    private final List<Written> records = new CopyOnWriteArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> asGiven = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Written> arrived = new LinkedBlockingQueue<>();
    private volatile Supplier<CompletionStage<Void>> acknowledgement = () -> CompletableFuture.completedFuture(null);

    void acknowledge(Supplier<CompletionStage<Void>> acknowledgement) {
        this.acknowledgement = acknowledgement;
    }

    void clear() {
        records.clear();
        asGiven.clear();
        arrived.clear();
        acknowledgement = () -> CompletableFuture.completedFuture(null);
    }

    List<Written> records() {
        return records;
    }

    /** The same with partition and headers. */
    List<ProducerRecord<byte[], byte[]>> asGiven() {
        return asGiven;
    }

    BlockingQueue<Written> arrived() {
        return arrived;
    }

    @Override
    public CompletionStage<Void> write(ProducerRecord<byte[], byte[]> record) {
        Written written = new Written(record.topic(), HexFormat.of().formatHex(record.value()));
        records.add(written);
        asGiven.add(record);
        arrived.add(written);
        return acknowledgement.get();
    }
}
