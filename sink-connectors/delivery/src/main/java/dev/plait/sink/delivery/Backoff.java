package dev.plait.sink.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: what the backend says, else a random time up to a limit that doubles with each try
 * ("full jitter"), so that many tasks do not come back together. Both bounded by {@code max}.
 *
 * @param initial the limit before the first repetition
 */
record Backoff(Duration initial, Duration max) {
    private static final int MAX_DOUBLINGS = 30;

    /** @param tries so far, at least 1 */
    Duration before(int tries, Optional<Duration> told, RandomGenerator random) {
        long limitMs = max.toMillis();
        if (told.isPresent()) {
            return Duration.ofMillis(Math.max(0, Math.min(limitMs, told.get().toMillis())));
        }
        long doubledMs = initial.toMillis() << Math.min(MAX_DOUBLINGS, tries - 1);
        return Duration.ofMillis(1 + random.nextLong(Math.max(1, Math.min(limitMs, doubledMs))));
    }
}
