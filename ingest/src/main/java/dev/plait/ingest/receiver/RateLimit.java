package dev.plait.ingest.receiver;

import dev.plait.ingest.receiver.Answer.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How much may come in a second, on all ports together. Thread safe. */
final class RateLimit {
    private final Optional<TokenBucket> requests;
    private final Optional<TokenBucket> bytes;

    RateLimit(ReceiverLimits limits, LongSupplier nanoClock) {
        this.requests = bucket(limits.requestsPerSecond(), nanoClock);
        this.bytes = bucket(limits.bytesPerSecond(), nanoClock);
    }

    private static Optional<TokenBucket> bucket(long perSecond, LongSupplier nanoClock) {
        return perSecond == 0 ? Optional.empty() : Optional.of(new TokenBucket(perSecond, nanoClock));
    }

    /** For one request, before its body is read. @throws Refusal BUSY, with the time after which there is room again */
    void admit() {
        long waitNanos = Math.max(
                requests.map(TokenBucket::waitNanos).orElse(0L),
                bytes.map(TokenBucket::waitNanos).orElse(0L));
        if (waitNanos > 0) {
            throw new Refusal(
                    new Answer(Kind.BUSY, "above the rate limit, send again later", 0, Duration.ofNanos(waitNanos)));
        }
        requests.ifPresent(bucket -> bucket.take(1));
    }

    /** For a body that was read. */
    void charge(long length) {
        bytes.ifPresent(bucket -> bucket.take(length));
    }
}
