package dev.plait.correlator.slo;

import dev.plait.correlator.DurableBytes;

/** The pages of one level. The heap knows only which there may be; each call costs the pages that it touches. */
final class LevelPages {
    private final Level level;
    private final DurableBytes pages;
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;

    LevelPages(Level level, DurableBytes pages) {
        this.level = level;
        this.pages = pages;
        pages.forEach(level.key, (key, page) -> remember(Long.parseLong(key.substring(1), Character.MAX_RADIX)));
    }

    void add(long bucket, long good, long bad) {
        long number = page(bucket);
        String key = key(number);
        byte[] page = pages.get(key).orElse(CountPage.EMPTY);
        pages.put(key, CountPage.add(page, Math.floorMod(bucket, level.pageBuckets), good, bad));
        remember(number);
    }

    /** Adds up the buckets {@code [from, to)}. */
    void sum(long from, long to, Sum into) {
        if (from >= to || isEmpty()) {
            return;
        }
        long last = Math.min(page(to - 1), newest);
        for (long number = Math.max(page(from), oldest); number <= last; number++) {
            long first = number * level.pageBuckets;
            int begin = (int) Math.max(from - first, 0);
            int end = (int) Math.min(to - first, level.pageBuckets);
            pages.get(key(number)).ifPresent(page -> CountPage.sum(page, begin, end, into));
        }
    }

    /** Deletes the pages that hold only buckets before this one. */
    void expire(long bucket) {
        long kept = page(bucket);
        while (oldest < kept && !isEmpty()) {
            pages.delete(key(oldest));
            oldest++;
        }
        if (isEmpty()) {
            oldest = Long.MAX_VALUE;
            newest = Long.MIN_VALUE;
        }
    }

    /** No bucket before this one counted anything; {@link Long#MAX_VALUE} when none did. */
    long firstBucket() {
        return isEmpty() ? Long.MAX_VALUE : oldest * level.pageBuckets;
    }

    /** Neither did this one nor any after it; {@link Long#MIN_VALUE} when none did. */
    long endBucket() {
        return isEmpty() ? Long.MIN_VALUE : (newest + 1) * level.pageBuckets;
    }

    private boolean isEmpty() {
        return oldest > newest;
    }

    private void remember(long number) {
        oldest = Math.min(oldest, number);
        newest = Math.max(newest, number);
    }

    private long page(long bucket) {
        return Math.floorDiv(bucket, level.pageBuckets);
    }

    private String key(long number) {
        return level.key.concat(Long.toString(number, Character.MAX_RADIX));
    }
}
