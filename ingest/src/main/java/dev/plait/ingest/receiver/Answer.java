package dev.plait.ingest.receiver;

import dev.plait.ingest.prometheus.SampleCounts;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/**
 * What a client is told, over HTTP and over gRPC alike.
 *
 * @param message for people; holds nothing of the request's content
 * @param refusedItems of a request that is accepted otherwise: OTLP's partial success
 * @param retryAfter after how long to send it again; zero: never
 * @param samples what Kafka has of a request of remote write
 */
record Answer(Kind kind, String message, long refusedItems, Duration retryAfter, SampleCounts samples) {
    static final Answer ACCEPTED = new Answer(Kind.ACCEPTED, "");

    Answer(Kind kind, String message, long refusedItems, Duration retryAfter) {
        this(kind, message, refusedItems, retryAfter, SampleCounts.NONE);
    }

    Answer(Kind kind, String message) {
        this(kind, message, 0, Duration.ofSeconds(kind.retrySeconds));
    }

    /** Kafka has the request, but some of its items are dead letters there. */
    static Answer accepted(long refusedItems, String why) {
        return refusedItems == 0 ? ACCEPTED : new Answer(Kind.ACCEPTED, why, refusedItems, Duration.ZERO);
    }

    Answer with(SampleCounts counted) {
        return new Answer(kind, message, refusedItems, retryAfter, counted);
    }

    /** {@link #retryAfter} in whole seconds, as HTTP's header has it; never too early. */
    long retryAfterSeconds() {
        return retryAfter.plusNanos(999_999_999).toSeconds();
    }

    /**
     * Each with the codes that make OTLP clients do the right thing: they send again after 429 and 503, after UNAVAILABLE and
     * DEADLINE_EXCEEDED, and after RESOURCE_EXHAUSTED only when it comes with RetryInfo. Source: OTLP specification, "Failures".
     */
    enum Kind {
        /** Kafka has it. */
        ACCEPTED(200, 0, 0),
        /** Not an OTLP request: sending it again would not help. */
        MALFORMED(400, 3, 0),
        UNAUTHENTICATED(401, 16, 0),
        /** The body did not come in time. */
        SLOW(408, 4, 0),
        /** Above a limit that time does not change. */
        TOO_LARGE(413, 8, 0),
        /** A content type or encoding that is not spoken. */
        UNSUPPORTED(415, 12, 0),
        /** Too much is in flight, or too much came within a second. */
        BUSY(429, 8, 1),
        /** Kafka does not acknowledge. */
        UNAVAILABLE(503, 14, 2);

        private final int httpStatus;
        private final int grpcStatus;
        private final int retrySeconds;

        Kind(int httpStatus, int grpcStatus, int retrySeconds) {
            this.httpStatus = httpStatus;
            this.grpcStatus = grpcStatus;
            this.retrySeconds = retrySeconds;
        }

        int httpStatus() {
            return httpStatus;
        }

        int grpcStatus() {
            return grpcStatus;
        }
    }

    /** The answer that a failed stage stands for: a refusal's own, else that Kafka did not take it. */
    static Answer of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            return refusal.answer();
        }
        if (cause instanceof TopicWriter.TooLarge tooLarge) {
            return new Answer(Kind.TOO_LARGE, tooLarge.getMessage());
        }
        return new Answer(Kind.UNAVAILABLE, "Kafka did not acknowledge");
    }
}
