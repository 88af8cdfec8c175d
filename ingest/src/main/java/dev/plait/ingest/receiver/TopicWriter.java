package dev.plait.ingest.receiver;

import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Where received bytes go. Thread safe. */
public interface TopicWriter {
    /**
     * Writes one record; where it names no partition, to the topic's partitions in turn, whatever its key. The stage completes
     * when all in-sync replicas have it, and fails with {@link TooLarge} when the topic never takes it, with anything else when
     * it may later. May block for a short time.
     */
    CompletionStage<Void> write(ProducerRecord<byte[], byte[]> record);

    /** A record without a key. */
    default CompletionStage<Void> write(String topic, byte[] value) {
        return write(new ProducerRecord<>(topic, value));
    }

    /** The topic does not take a record of this size, now or later. */
    final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public TooLarge(String message) {
            super(message);
        }
    }
}
