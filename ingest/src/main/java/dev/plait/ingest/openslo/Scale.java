package dev.plait.ingest.openslo;

/**
 * Times as they are kept when a demonstration or a test divides all of them.
 *
 * @param by 1 or more; 1 changes nothing
 */
record Scale(double by) {
    /** Counts are kept in buckets of this width. */
    private static final long BUCKET_MS = 10_000;

    Scale {
        if (!(by >= 1 && by <= 1e6)) {
            throw new IllegalArgumentException("time scale " + by + "; expected 1 to 1000000");
        }
    }

    /** A window, rounded up to whole buckets when it was divided. */
    long windowMs(long windowMs) {
        if (by == 1) {
            return windowMs;
        }
        return Math.max(1, (long) Math.ceil(windowMs / by / BUCKET_MS)) * BUCKET_MS;
    }

    /** How long a condition must hold. */
    long timeMs(long timeMs) {
        return by == 1 ? timeMs : Math.round(timeMs / by);
    }
}
