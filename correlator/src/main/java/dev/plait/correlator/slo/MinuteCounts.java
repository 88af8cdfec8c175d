package dev.plait.correlator.slo;

import dev.plait.correlator.DurableBytes;
import java.util.function.Consumer;

/** {@link ValueCounts} of single minutes under one kind of key; the heap knows only which minutes there may be. */
final class MinuteCounts {
    private final String kind;
    private final DurableBytes pages;
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;

    MinuteCounts(String kind, DurableBytes pages) {
        this.kind = kind;
        this.pages = pages;
        pages.forEach(kind, (key, page) -> remember(Long.parseLong(key.substring(1), Character.MAX_RADIX)));
    }

    void change(long minute, Consumer<ValueCounts> change) {
        String key = key(minute);
        ValueCounts counts = pages.get(key).map(ValueCounts::of).orElseGet(ValueCounts::new);
        change.accept(counts);
        pages.put(key, counts.bytes());
        remember(minute);
    }

    /** Of minutes {@code [from, to]} together. */
    ValueCounts within(long from, long to) {
        ValueCounts all = new ValueCounts();
        for (long minute = Math.max(from, oldest); minute <= Math.min(to, newest); minute++) {
            pages.get(key(minute)).map(ValueCounts::of).ifPresent(all::addAll);
        }
        return all;
    }

    /** Deletes minutes before this one. */
    void expire(long minute) {
        while (oldest < minute && oldest <= newest) {
            pages.delete(key(oldest));
            oldest++;
        }
        if (oldest > newest) {
            oldest = Long.MAX_VALUE;
            newest = Long.MIN_VALUE;
        }
    }

    private void remember(long minute) {
        oldest = Math.min(oldest, minute);
        newest = Math.max(newest, minute);
    }

    private String key(long minute) {
        return kind.concat(Long.toString(minute, Character.MAX_RADIX));
    }
}
