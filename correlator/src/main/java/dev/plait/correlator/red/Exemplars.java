package dev.plait.correlator.red;

import dev.plait.schemas.model.Hex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A few traces that stand for many requests: at most five distinct IDs, those of failed requests before others, and among equals
 * those whose IDs mix lowest, which is as good as chance and the same whatever the order of adding and merging. At most 86 bytes
 * when written. For one thread.
 */
public final class Exemplars {
    static final int LIMIT = 5;
    private static final Exemplar[] NONE = {};

    private Exemplar[] best = NONE;

    private record Exemplar(boolean error, long mixed, long high, long low) implements Comparable<Exemplar> {
        static Exemplar of(boolean error, long high, long low) {
            long mixed = (low ^ high >>> 7) * 0x9E3779B97F4A7C15L;
            return new Exemplar(error, mixed ^ mixed >>> 32, high, low);
        }

        boolean isSameTrace(Exemplar other) {
            return low == other.low && high == other.high;
        }

        @Override
        public int compareTo(Exemplar other) {
            if (error != other.error) {
                return error ? -1 : 1;
            }
            int byMix = Long.compareUnsigned(mixed, other.mixed);
            int byLow = byMix != 0 ? byMix : Long.compareUnsigned(low, other.low);
            return byLow != 0 ? byLow : Long.compareUnsigned(high, other.high);
        }
    }

    /** A request of the trace; {@code low} is 0 when it has none, which is ignored. */
    public void add(boolean error, long high, long low) {
        if (low != 0) {
            offer(Exemplar.of(error, high, low));
        }
    }

    public void merge(Exemplars other) {
        for (Exemplar exemplar : other.best) {
            offer(exemplar);
        }
    }

    /** Trace IDs of 32 hex digits, the best first. */
    public List<String> traceIds() {
        List<String> ids = new ArrayList<>(best.length);
        for (Exemplar exemplar : best) {
            ids.add(Hex.of(exemplar.high, exemplar.low));
        }
        return ids;
    }

    public void write(PackedWriter out) {
        int errors = 0;
        for (Exemplar exemplar : best) {
            errors += exemplar.error ? 1 : 0;
        }
        out.unsigned(best.length);
        if (best.length > 0) {
            out.unsigned(errors);
        }
        for (Exemplar exemplar : best) {
            out.fixed(exemplar.high);
            out.fixed(exemplar.low);
        }
    }

    public static Exemplars read(PackedReader in) {
        Exemplars exemplars = new Exemplars();
        int count = in.count();
        long errors = count == 0 ? 0 : in.unsigned();
        for (int i = 0; i < count; i++) {
            exemplars.add(i < errors, in.fixed(), in.fixed());
        }
        return exemplars;
    }

    private void offer(Exemplar offered) {
        if (best.length == LIMIT && best[LIMIT - 1].compareTo(offered) <= 0) {
            return;
        }
        int same = -1;
        for (int i = 0; i < best.length; i++) {
            same = best[i].isSameTrace(offered) ? i : same;
        }
        if (same >= 0 && best[same].compareTo(offered) <= 0) {
            return;
        }
        if (same < 0) {
            same = Math.min(best.length, LIMIT - 1);
            best = best.length < LIMIT ? Arrays.copyOf(best, best.length + 1) : best;
        }
        best[same] = offered;
        Arrays.sort(best);
    }
}
