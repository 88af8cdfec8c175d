package dev.plait.correlator.measure;

import dev.plait.correlator.red.PackedReader;
import dev.plait.correlator.red.PackedWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one series counted, in buckets, as far back as it is compared; and, while its alert is active, what was usual when it
 * began. Times are of the items, in milliseconds. For one thread.
 */
final class SeriesHistory {
    private static final int VERSION = 1;

    private final TreeMap<Long, MeasureDelta> buckets = new TreeMap<>();
    private Usual frozen = Usual.NONE;
    private long frozenAtMs;
    private long decidedMs;

    /** What was counted in {@code spanMs} of the past; in 0 when there is none. */
    record Usual(MeasureDelta counts, long spanMs) {
        static final Usual NONE = new Usual(new MeasureDelta(), 0);

        /** How much of it falls on so many milliseconds. */
        double share(double value, long ms) {
            return spanMs == 0 ? 0 : value * ms / spanMs;
        }
    }

    void add(long bucketStartMs, MeasureDelta counts) {
        buckets.computeIfAbsent(bucketStartMs, start -> new MeasureDelta()).merge(counts);
    }

    /** Of the buckets that begin in {@code [fromMs, toMs)}. */
    MeasureDelta total(long fromMs, long toMs) {
        MeasureDelta total = new MeasureDelta();
        buckets.subMap(fromMs, toMs).values().forEach(total::merge);
        return total;
    }

    /** Of the time just before {@code endMs}, as far as this series was there. */
    Usual before(long endMs, long longestMs) {
        long fromMs = buckets.isEmpty() ? endMs : Math.max(buckets.firstKey(), endMs - longestMs);
        return fromMs >= endMs ? Usual.NONE : new Usual(total(fromMs, endMs), endMs - fromMs);
    }

    void freeze(Usual usual, long atMs) {
        frozen = usual;
        frozenAtMs = atMs;
    }

    Usual frozen() {
        return frozen;
    }

    long frozenAtMs() {
        return frozenAtMs;
    }

    /** Up to where it is decided. */
    long decidedMs() {
        return decidedMs;
    }

    /** Forgets buckets that began before {@code neededMs}. */
    void decided(long endMs, long neededMs) {
        decidedMs = endMs;
        buckets.headMap(neededMs).clear();
    }

    boolean isEmpty() {
        return buckets.isEmpty();
    }

    byte[] write() {
        PackedWriter page = new PackedWriter();
        page.unsigned(VERSION);
        page.unsigned(buckets.size());
        long before = 0;
        for (Map.Entry<Long, MeasureDelta> bucket : buckets.entrySet()) {
            page.signed(bucket.getKey() - before);
            bucket.getValue().write(page);
            before = bucket.getKey();
        }
        page.signed(decidedMs);
        page.signed(frozenAtMs);
        page.unsigned(frozen.spanMs);
        frozen.counts.write(page);
        return page.toBytes();
    }

    static SeriesHistory read(byte[] bytes) {
        PackedReader page = new PackedReader(bytes);
        long version = page.unsigned();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "a stored history has version " + version + ", this program reads " + VERSION);
        }
        SeriesHistory history = new SeriesHistory();
        int size = page.count();
        long startMs = 0;
        for (int i = 0; i < size; i++) {
            startMs += page.signed();
            history.buckets.put(startMs, MeasureDelta.read(page));
        }
        history.decidedMs = page.signed();
        history.frozenAtMs = page.signed();
        long spanMs = page.unsigned();
        history.frozen = new Usual(MeasureDelta.read(page), spanMs);
        return history;
    }
}
