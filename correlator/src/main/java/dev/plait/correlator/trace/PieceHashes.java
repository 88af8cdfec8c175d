package dev.plait.correlator.trace;

import java.util.Arrays;

/**
 * By what the pieces of a closed trace are told from copies of them: one 64-bit number for each (span ID, kind, shared) and
 * each log and exemplar. The upper 63 bits are a hash, the lowest is 1 when an ended copy was seen (always 1 for logs and
 * exemplars). Sorted, each hash once, immutable; 8 bytes a piece. Two pieces of a trace of n pieces are confused with a
 * probability of n / 2^63.
 */
public final class PieceHashes {
    public static final PieceHashes NONE = new PieceHashes(new long[0]);

    private static final long CONTENT = 0x5851F42D4C957F2DL;

    private final long[] sorted;

    private PieceHashes(long[] sorted) {
        this.sorted = sorted;
    }

    /** Of numbers in any order; a hash that is there twice counts as ended when one of them is. Takes the array over. */
    public static PieceHashes of(long[] hashes) {
        if (hashes.length == 0) {
            return NONE;
        }
        Arrays.sort(hashes);
        int kept = 0;
        for (int i = 1; i < hashes.length; i++) {
            // sorted, so of two that differ in the lowest bit the ended one comes last
            if ((hashes[i] | 1) != (hashes[kept] | 1)) {
                kept++;
            }
            hashes[kept] = hashes[i];
        }
        return new PieceHashes(kept + 1 == hashes.length ? hashes : Arrays.copyOf(hashes, kept + 1));
    }

    /** The number of a span; {@code kind}: the OTLP number of its kind, 6 more for the server half of a shared span. */
    static long ofSpan(long spanId, int kind, boolean ended) {
        return mix(spanId + kind * 0x9E3779B97F4A7C15L) & ~1L | (ended ? 1 : 0);
    }

    /** The number of a log or exemplar. */
    static long ofContent(long contentHash, int signal) {
        return mix(contentHash + signal * CONTENT) | 1;
    }

    public int size() {
        return sorted.length;
    }

    /** The number at a place, ascending. */
    public long at(int index) {
        return sorted[index];
    }

    /** A part, for writing a long list in several records; {@link #and} puts the parts together again. */
    public PieceHashes part(int from, int to) {
        return new PieceHashes(Arrays.copyOfRange(sorted, from, to));
    }

    /** These and others. */
    public PieceHashes and(PieceHashes others) {
        if (others.sorted.length == 0) {
            return this;
        }
        long[] both = Arrays.copyOf(sorted, sorted.length + others.sorted.length);
        System.arraycopy(others.sorted, 0, both, sorted.length, others.sorted.length);
        return of(both);
    }

    boolean has(long hash) {
        return find(hash) >= 0;
    }

    /** What is known of a hash: a state of {@link SpanIndex}. */
    int state(long hash) {
        int at = find(hash);
        return at < 0 ? SpanIndex.UNSEEN : (sorted[at] & 1) == 0 ? SpanIndex.SEEN : SpanIndex.ENDED;
    }

    private int find(long hash) {
        int at = Arrays.binarySearch(sorted, hash & ~1L);
        if (at >= 0) {
            return at;
        }
        int ended = -at - 1;
        return ended < sorted.length && sorted[ended] == (hash | 1) ? ended : -1;
    }

    private static long mix(long x) {
        long mixed = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PieceHashes that && Arrays.equals(sorted, that.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    @Override
    public String toString() {
        return sorted.length + " hashes";
    }
}
