package dev.plait.correlator.metric;

import dev.plait.correlator.red.PackedReader;
import dev.plait.correlator.red.PackedWriter;
import java.util.Arrays;

/**
 * The times of the points of one stream that were counted, nanoseconds since the epoch: the last one of a cumulative stream, as
 * it contains the others; of deltas the last {@value #DELTAS}, so that those overtaken on their way are still told from copies.
 * Immutable.
 */
final class PointTimes {
    static final int DELTAS = 16;

    private final long[] ascending;

    private PointTimes(long... ascending) {
        this.ascending = ascending;
    }

    static PointTimes of(long time) {
        return new PointTimes(time);
    }

    /** Of the last point of a cumulative stream, or the latest delta. */
    long latest() {
        return ascending[ascending.length - 1];
    }

    boolean contains(long time) {
        return Arrays.binarySearch(ascending, time) >= 0;
    }

    /** Whether a delta that is not contained may have been counted and forgotten. */
    boolean isTooOld(long time) {
        return ascending.length == DELTAS && time < ascending[0];
    }

    /** With the time of one more delta, which is neither contained nor too old. */
    PointTimes with(long time) {
        int place = -Arrays.binarySearch(ascending, time) - 1;
        long[] more = new long[ascending.length + 1];
        System.arraycopy(ascending, 0, more, 0, place);
        more[place] = time;
        System.arraycopy(ascending, place, more, place + 1, ascending.length - place);
        return new PointTimes(more.length > DELTAS ? Arrays.copyOfRange(more, 1, more.length) : more);
    }

    /** How many, the first, and the steps to the others, as varints. */
    void write(PackedWriter out) {
        out.unsigned(ascending.length);
        out.unsigned(ascending[0]);
        for (int i = 1; i < ascending.length; i++) {
            out.unsigned(ascending[i] - ascending[i - 1]);
        }
    }

    static PointTimes read(PackedReader in) {
        long[] times = new long[in.count()];
        for (int i = 0; i < times.length; i++) {
            times[i] = in.unsigned() + (i == 0 ? 0 : times[i - 1]);
        }
        if (times.length == 0) {
            throw new IllegalStateException("a stream without a point");
        }
        return new PointTimes(times);
    }
}
