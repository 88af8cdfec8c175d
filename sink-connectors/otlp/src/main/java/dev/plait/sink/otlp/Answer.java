package dev.plait.sink.otlp;

import dev.plait.sink.delivery.Later;
import java.time.Duration;
import java.util.Optional;

/** What became of one request, by OTLP's rules. */
sealed interface Answer {
    /** Taken, but for {@code rejected} items; {@code message} may warn without any. Never sent again. */
    record Taken(long rejected, String message) implements Answer {
        static final Taken ALL = new Taken(0, "");
    }

    /** Not now: sent again. */
    record NotNow(Later later) implements Answer {
        static NotNow of(String why, Optional<Duration> after) {
            return new NotNow(new Later(why, after));
        }
    }

    /** More than the backend takes at once: sent again in two halves. */
    record TooLarge(String why) implements Answer {
        /** As told before it was sent. */
        static TooLarge here(int sizeBytes, int maxBytes) {
            return new TooLarge("a request of " + sizeBytes + " bytes, max.request.bytes is " + maxBytes);
        }
    }

    /**
     * Never.
     *
     * @param content whether it is what the request says that is wrong, so that parts of it may be taken
     */
    record Refused(String why, boolean content) implements Answer {}

    /** Not as this sink is configured: credentials, path or protocol are wrong. Nothing is lost: the task stops and says so. */
    record Denied(String why) implements Answer {}
}
