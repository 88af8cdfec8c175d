package dev.plait.ingest.prometheus;

import dev.plait.ingest.prometheus.SeriesReader.BadSeries;
import dev.plait.schemas.wire.ProtoReader;

/**
 * One native histogram of a series, read. Buckets are sparse: spans say where they lie, deltas or counts what is in them. Bucket
 * {@code i} of schema {@code s} holds {@code (b^(i-1), b^i]} with {@code b = 2^(2^-s)}; OTLP numbers the same bucket {@code i - 1}.
 * Schema -53 has bounds of its own. Counts of float histograms are rounded to whole ones. Source: Histogram in prompb types.proto;
 * OpenTelemetry "Prometheus and OpenMetrics compatibility", "Native histograms".
 */
final class NativeHistogram {
    static final int CUSTOM_BOUNDS = -53;

    /** What a stale series ends with, here as its sum. Source: Prometheus model/value. */
    static final long STALE_NAN = 0x7ff0000000000002L;

    private static final int GAUGE_HINT = 3;
    private static final int MIN_SCHEMA = -4;
    private static final int MAX_SCHEMA = 8;

    private final ProtoReader reader = new ProtoReader();
    private final Buckets positive = new Buckets();
    private final Buckets negative = new Buckets();
    private final Doubles bounds = new Doubles();
    private long count;
    private boolean floats;
    private double sum;
    private int schema;
    private double zeroThreshold;
    private long zeroCount;
    private long hint;
    private long timestampMs;
    private long startMs;

    /** Reads {@code [offset, offset + length)}. @throws BadSeries when it cannot be right */
    void read(byte[] body, int offset, int length) throws BadSeries {
        clear();
        reader.reset(body, offset, length);
        while (reader.hasNext()) {
            field(reader.tag(), body);
        }
        if (isStale() || isGauge()) {
            return;
        }
        if (schema != CUSTOM_BOUNDS && (schema < MIN_SCHEMA || schema > MAX_SCHEMA)) {
            throw new BadSeries("a native histogram of schema " + schema);
        }
        positive.finish();
        negative.finish();
        if (count < 0 || zeroCount < 0) {
            throw new BadSeries("a native histogram with a negative count");
        }
        // float counts are results of arithmetic, in whose sums digits are lost: Prometheus does not compare them
        // either
        if (!floats && countsContradict()) {
            throw new BadSeries("a native histogram whose count is not the sum of its buckets");
        }
    }

    /** Observations that are no number make the sum none, and are in no bucket. With bounds of its own it has one half and no zero. */
    private boolean countsContradict() {
        long total = positive.total();
        if (schema != CUSTOM_BOUNDS) {
            total = sumOrMax(sumOrMax(total, negative.total()), zeroCount);
        }
        return Double.isNaN(sum) ? total > count : total != count;
    }

    /** Of two that are not negative. */
    static long sumOrMax(long one, long other) {
        return one + other < 0 ? Long.MAX_VALUE : one + other;
    }

    private void field(int tag, byte[] body) throws BadSeries {
        switch (ProtoReader.field(tag)) {
            case 1 -> {
                count = varint(tag);
                floats = false;
            }
            case 2 -> {
                count = rounded(fixed(tag));
                floats = true;
            }
            case 3 -> sum = fixed(tag);
            case 4 -> schema = (int) zigzag(varint(tag));
            case 5 -> zeroThreshold = fixed(tag);
            case 6 -> zeroCount = varint(tag);
            case 7 -> zeroCount = rounded(fixed(tag));
            case 8 -> negative.span(body, reader, tag);
            case 9 -> negative.deltas(body, reader, tag);
            case 10 -> negative.counts(body, reader, tag);
            case 11 -> positive.span(body, reader, tag);
            case 12 -> positive.deltas(body, reader, tag);
            case 13 -> positive.counts(body, reader, tag);
            case 14 -> hint = varint(tag);
            case 15 -> timestampMs = varint(tag);
            case 16 -> bounds.read(body, reader, tag);
            case 17 -> startMs = varint(tag);
            default -> reader.skip(tag);
        }
    }

    private void clear() {
        positive.clear();
        negative.clear();
        bounds.clear();
        count = 0;
        floats = false;
        sum = 0;
        schema = 0;
        zeroThreshold = 0;
        zeroCount = 0;
        hint = 0;
        timestampMs = 0;
        startMs = 0;
    }

    private long varint(int tag) {
        reader.expect(tag, ProtoReader.VARINT);
        return reader.varint();
    }

    private double fixed(int tag) {
        reader.expect(tag, ProtoReader.FIXED64);
        return Double.longBitsToDouble(reader.fixed64());
    }

    static long zigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    /** @throws BadSeries on what is no count */
    static long rounded(double count) throws BadSeries {
        if (!(count >= 0 && count < 1L << 62)) {
            throw new BadSeries("a bucket count of " + count);
        }
        return Math.round(count);
    }

    boolean isStale() {
        return Double.doubleToRawLongBits(sum) == STALE_NAN;
    }

    /** Not a counter: it may go down at any time. */
    boolean isGauge() {
        return hint == GAUGE_HINT;
    }

    long count() {
        return count;
    }

    double sum() {
        return sum;
    }

    int schema() {
        return schema;
    }

    double zeroThreshold() {
        return zeroThreshold;
    }

    long zeroCount() {
        return zeroCount;
    }

    Buckets positive() {
        return positive;
    }

    Buckets negative() {
        return negative;
    }

    Doubles bounds() {
        return bounds;
    }

    long timestampMs() {
        return timestampMs;
    }

    /** 0: unknown. */
    long startMs() {
        return startMs;
    }
}
