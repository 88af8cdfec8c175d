package dev.plait.correlator.slo;

import dev.plait.correlator.alert.WindowCounts;
import java.util.Arrays;
import java.util.List;

/**
 * Running sums of windows that end at the clock.
 *
 * <p><b>What a window contains.</b> The window of width W at clock T has all requests of buckets that overlap [T − W, T], in
 * the buckets of its {@link Level}, but none of ten seconds that begin after T. So its true width is between W and W plus one
 * bucket of its level, and at a T that is a multiple of that bucket exactly W. Example, W = 5 min (tens), T = 12:00:07: from
 * 11:55:00 (that bucket ends at 11:55:10, after 11:55:07) up to and with 12:00:00; at 12:00:10 the bucket 11:55:00 leaves.
 * W = 6 h (minutes), T = 12:00:07: from 06:00:00 up to and with 12:00:00; at 12:01:00 the minute 06:00 leaves.
 * {@code WindowSumsTest} holds it to this.
 *
 * <p>As the clock moves, buckets that leave are read from the pages and taken away; requests are added as they are counted.
 * Nothing is added up anew but after a restart or a change of windows, with the same result, as sums are integers. A move
 * costs the pages that are left behind, at most those that there are, however far the clock jumps. 24 bytes of heap a window.
 */
final class WindowSums implements WindowCounts {
    private static final long NEVER = Long.MIN_VALUE;

    private final LeveledCounts counts;
    private final long[] widthsMs;
    private final Level[] levels;
    private final long[] from;
    private final long[] good;
    private final long[] bad;
    private long headTen = NEVER;

    /** Widths ascend and are distinct. */
    WindowSums(List<Long> widths, LeveledCounts counts) {
        this.counts = counts;
        widthsMs = widths.stream().mapToLong(Long::longValue).toArray();
        levels = Arrays.stream(widthsMs).mapToObj(Level::of).toArray(Level[]::new);
        from = new long[widthsMs.length];
        good = new long[widthsMs.length];
        bad = new long[widthsMs.length];
    }

    /** Adds what was counted just now; what is beyond the head is met when the head gets there. */
    void add(long ten, long moreGood, long moreBad) {
        if (ten > headTen) {
            return;
        }
        for (int i = 0; i < widthsMs.length; i++) {
            if (Math.floorDiv(ten, levels[i].widthMs / Level.TENS.widthMs) >= from[i]) {
                good[i] += moreGood;
                bad[i] += moreBad;
            }
        }
    }

    /** Lets windows end at this clock, which does not go back. Counts must be folded up to it. */
    void moveTo(long clockMs) {
        long head = Level.TENS.bucket(clockMs);
        if (headTen == NEVER) {
            build(clockMs, head);
        } else {
            enter(head);
            leave(clockMs);
        }
        headTen = head;
    }

    @Override
    public long good(long windowMs) {
        return good[index(windowMs)];
    }

    @Override
    public long bad(long windowMs) {
        return bad[index(windowMs)];
    }

    private void build(long clockMs, long head) {
        for (int i = 0; i < widthsMs.length; i++) {
            from[i] = levels[i].bucket(clockMs - widthsMs[i]);
            Sum sum = new Sum();
            counts.sumFrom(levels[i], from[i], head, sum);
            good[i] = sum.good;
            bad[i] = sum.bad;
        }
    }

    private void enter(long head) {
        if (head > headTen) {
            Sum entering = new Sum();
            counts.sumTens(headTen + 1, head + 1, entering);
            if (!entering.isZero()) {
                for (int i = 0; i < widthsMs.length; i++) {
                    good[i] += entering.good;
                    bad[i] += entering.bad;
                }
            }
        }
    }

    private void leave(long clockMs) {
        for (int i = 0; i < widthsMs.length; i++) {
            long begin = levels[i].bucket(clockMs - widthsMs[i]);
            if (begin > from[i]) {
                Sum leaving = new Sum();
                counts.sumFolded(levels[i], from[i], begin, leaving);
                good[i] -= leaving.good;
                bad[i] -= leaving.bad;
                from[i] = begin;
            }
        }
    }

    private int index(long windowMs) {
        int index = Arrays.binarySearch(widthsMs, windowMs);
        if (index < 0) {
            throw new IllegalStateException("no window of " + windowMs + " ms is kept");
        }
        return index;
    }
}
