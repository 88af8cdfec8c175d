package dev.plait.correlator.slo;

/**
 * How finely counts are kept: the finest that reaches back as far as a window is the one it is counted with. A page holds the
 * buckets that a reader and a changelog handle together.
 */
enum Level {
    TENS("0", 10_000, 60, 3_600_000),
    MINUTES("1", 60_000, 120, 3 * 86_400_000L),
    HOURS("2", 3_600_000, 120, Long.MAX_VALUE);

    /** First character of the keys of its pages. */
    final String key;

    /** Of one bucket. */
    final long widthMs;

    /** Buckets of one page, at most 128: ten minutes, two hours, five days. Larger ones would be fewer, and dearer to write. */
    final int pageBuckets;

    /** The widest window that is counted with it. */
    final long reachMs;

    Level(String key, long widthMs, int pageBuckets, long reachMs) {
        this.key = key;
        this.widthMs = widthMs;
        this.pageBuckets = pageBuckets;
        this.reachMs = reachMs;
    }

    static Level of(long windowMs) {
        return windowMs <= TENS.reachMs ? TENS : windowMs <= MINUTES.reachMs ? MINUTES : HOURS;
    }

    /** The number of the bucket that holds a time. */
    long bucket(long timeMs) {
        return Math.floorDiv(timeMs, widthMs);
    }
}
