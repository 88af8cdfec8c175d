package dev.plait.correlator.red;

import java.math.BigInteger;

/**
 * The bins of a {@link LatencySketch}: the buckets of an OTLP exponential histogram of scale 5, each 2.2 % wide. Bin {@code i}
 * holds whole numbers in (base^i, base^(i+1)] with base = 2^(1/32). Exact for every long from 1: the bounds within an octave
 * are compared as 64-bit fractions, rounded down from integer square roots, and a bound that is no power of two is
 * irrational, so that no number lies on it. Source: opentelemetry-specification, metrics/data-model.md.
 */
final class SketchBins {
    static final int SCALE = 5;
    static final int FIRST = -1;
    private static final int AN_OCTAVE = 1 << SCALE;
    static final int LAST = Long.SIZE * AN_OCTAVE - AN_OCTAVE - 1;
    private static final double LOG2_BASE = 1.0 / AN_OCTAVE;

    /** 2^(63 + j/32), rounded down, unsigned: the bounds of an octave whose lower end is shifted to bit 63. */
    private static final long[] BOUNDS = new long[AN_OCTAVE + 1];

    /** For each 128th of an octave how many bounds lie at or below its lower end; no two bounds lie in one. */
    private static final byte[] BELOW = new byte[128];

    static {
        for (int j = 0; j < AN_OCTAVE; j++) {
            BigInteger bound = BigInteger.ONE.shiftLeft((Long.SIZE - 1) * AN_OCTAVE + j);
            for (int root = 0; root < SCALE; root++) {
                bound = bound.sqrt();
            }
            BOUNDS[j] = bound.longValue();
        }
        BOUNDS[AN_OCTAVE] = -1;
        for (int part = 1; part < BELOW.length; part++) {
            long lowerEnd = Long.MIN_VALUE | (long) part << 56;
            int bounds = BELOW[part - 1];
            while (Long.compareUnsigned(BOUNDS[bounds], lowerEnd) <= 0) {
                bounds++;
            }
            BELOW[part] = (byte) bounds;
        }
    }

    private SketchBins() {}

    /** The bin of a value from 1. */
    static int of(long value) {
        int shift = Long.numberOfLeadingZeros(value);
        long fraction = value << shift;
        int bounds = BELOW[(int) (fraction >>> 56) & 127];
        if (Long.compareUnsigned(fraction, BOUNDS[bounds]) > 0) {
            bounds++;
        }
        return (Long.SIZE - 1 - shift) * AN_OCTAVE + bounds - 1;
    }

    /** The value that is within 1.1 % of every value of the bin: the harmonic mean of its bounds. */
    static long middle(int bin) {
        double lower = Math.pow(2, bin * LOG2_BASE);
        double upper = Math.pow(2, (bin + 1) * LOG2_BASE);
        return Math.max(1, Math.round(2 * lower * upper / (lower + upper)));
    }
}
