package dev.plait.ingest.prometheus;

import dev.plait.ingest.prometheus.SeriesReader.BadSeries;
import dev.plait.schemas.wire.ProtoWriter;

/** Writes a native histogram as OTLP's ExponentialHistogramDataPoint, or one with bounds of its own as HistogramDataPoint. */
final class HistogramWriter {
    private static final int NO_RECORDED_VALUE = 1;

    private HistogramWriter() {}

    /** The fields of a point but its attributes and exemplars. */
    static void write(ProtoWriter out, NativeHistogram histogram, long timeNanos, long startNanos, boolean custom)
            throws BadSeries {
        out.fixed64(2, startNanos);
        out.fixed64(3, timeNanos);
        if (histogram.isStale()) {
            out.varint(10, NO_RECORDED_VALUE);
            return;
        }
        out.fixed64(4, histogram.count());
        out.doubleValue(5, histogram.sum());
        if (custom) {
            custom(out, histogram);
        } else {
            exponential(out, histogram);
        }
    }

    private static void exponential(ProtoWriter out, NativeHistogram histogram) {
        out.varint(6, zigzag(histogram.schema()));
        out.fixed64(7, histogram.zeroCount());
        buckets(out, 8, histogram.positive());
        buckets(out, 9, histogram.negative());
        out.doubleValue(14, histogram.zeroThreshold());
    }

    /** Buckets: offset 1, counts 2. */
    private static void buckets(ProtoWriter out, int field, Buckets buckets) {
        if (buckets.width() == 0) {
            return;
        }
        int message = out.begin(field);
        out.varint(1, zigzag((int) buckets.first() - 1));
        for (int i = 0; i < buckets.width(); i++) {
            out.varint(2, buckets.get(i));
        }
        out.end(message);
    }

    private static void custom(ProtoWriter out, NativeHistogram histogram) throws BadSeries {
        Doubles bounds = histogram.bounds();
        Buckets buckets = histogram.positive();
        if (buckets.width() > 0 && (buckets.first() < 0 || buckets.first() + buckets.width() > bounds.size() + 1)) {
            throw new BadSeries("a histogram with buckets beyond its bounds");
        }
        for (int i = 0; i <= bounds.size(); i++) {
            long at = i - buckets.first();
            out.fixed64(6, at >= 0 && at < buckets.width() ? buckets.get((int) at) : 0);
        }
        for (int i = 0; i < bounds.size(); i++) {
            out.doubleValue(7, bounds.get(i));
        }
    }

    private static long zigzag(int value) {
        return (value << 1 ^ value >> 31) & 0xffffffffL;
    }
}
