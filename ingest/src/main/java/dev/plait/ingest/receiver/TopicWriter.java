package dev.plait.ingest.receiver;

import java.util.concurrent.CompletionStage;

/** Where received bytes go. Thread safe. */
public interface TopicWriter {
    /**
     * Writes one record without a key. The stage completes when all in-sync replicas have it, and fails with {@link TooLarge}
     * when the topic never takes it, with anything else when it may later. May block for a short time.
     */
    CompletionStage<Void> write(String topic, byte[] value);

    /** The topic does not take a record of this size, now or later. */
    final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public TooLarge(String message) {
            super(message);
        }
    }
}
