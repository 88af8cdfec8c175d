package dev.plait.correlator.metric;

import dev.plait.schemas.model.PointValue;
import dev.plait.schemas.model.ReceivedPoint;
import dev.plait.schemas.model.ReceivedPoint.Temporality;
import java.util.List;
import java.util.Optional;

/** Reads what a point has counted, or says why it counts nothing. */
final class PointReader {
    /** More than any SDK's or proxy's histogram has (OpenTelemetry's exponential ones: 320), so that a state stays small. */
    static final int MAX_BUCKETS = 512;

    /** 2^63, the first double that no long holds. */
    private static final double TOO_LARGE = 0x1p63;

    private Ignored complaint = Ignored.BAD_VALUE;

    /** Why the last point was not read. */
    Ignored complaint() {
        return complaint;
    }

    /** Empty when the point counts nothing: then {@link #complaint} says why. */
    Optional<Reading> read(ReceivedPoint point) {
        if (point.kind() == ReceivedPoint.Kind.GAUGE) {
            return refuse(Ignored.GAUGE);
        }
        if (point.kind() == ReceivedPoint.Kind.SUM && !point.monotonic()) {
            return refuse(Ignored.NOT_MONOTONIC);
        }
        if (point.temporality() == Temporality.UNSPECIFIED) {
            return refuse(Ignored.NO_TEMPORALITY);
        }
        if (point.timeEpochNanos() <= 0) {
            return refuse(Ignored.NO_TIME);
        }
        PointValue value = point.value();
        if (value instanceof PointValue.Whole whole) {
            return whole.value() < 0 ? refuse(Ignored.BAD_VALUE) : sum(whole.value(), 0);
        }
        if (value instanceof PointValue.Real real) {
            return sum(real.value());
        }
        return value instanceof PointValue.Histogram histogram
                ? explicit(histogram)
                : exponential((PointValue.ExponentialHistogram) value);
    }

    private Optional<Reading> sum(double value) {
        if (!(value >= 0 && value < TOO_LARGE)) {
            return refuse(Ignored.BAD_VALUE);
        }
        double floor = Math.floor(value);
        return sum((long) floor, value - floor);
    }

    private static Optional<Reading> sum(long whole, double rest) {
        return Optional.of(new Reading(ReceivedPoint.Kind.SUM, 0, rest, Counts.of(whole)));
    }

    private Optional<Reading> explicit(PointValue.Histogram histogram) {
        List<Double> bounds = histogram.explicitBounds();
        List<Long> counts = histogram.bucketCounts();
        if (counts.isEmpty() && bounds.isEmpty()) {
            counts = List.of(histogram.count());
        }
        if (counts.size() > MAX_BUCKETS) {
            return refuse(Ignored.TOO_MANY_BUCKETS);
        }
        if (counts.size() != bounds.size() + 1 || !isAscending(bounds) || !isCountable(0, counts)) {
            return refuse(Ignored.BAD_VALUE);
        }
        Counts.Builder read = new Counts.Builder();
        for (int i = 0; i < counts.size(); i++) {
            read.add(i, counts.get(i));
        }
        return Optional.of(new Reading(ReceivedPoint.Kind.HISTOGRAM, hash(bounds), 0, read.build()));
    }

    private Optional<Reading> exponential(PointValue.ExponentialHistogram histogram) {
        List<Long> positive = histogram.positive().counts();
        List<Long> negative = histogram.negative().counts();
        if (positive.size() + negative.size() > MAX_BUCKETS) {
            return refuse(Ignored.TOO_MANY_BUCKETS);
        }
        boolean isScale =
                histogram.scale() >= ExponentialSlots.MIN_SCALE && histogram.scale() <= ExponentialSlots.MAX_SCALE;
        boolean isThreshold = histogram.zeroThreshold() >= 0 && Double.isFinite(histogram.zeroThreshold());
        if (!isScale || !isThreshold || !isCountable(histogram.zeroCount(), positive, negative)) {
            return refuse(Ignored.BAD_VALUE);
        }
        // adding 0 makes a negative zero positive: both are one threshold
        return Optional.of(new Reading(
                ReceivedPoint.Kind.EXPONENTIAL_HISTOGRAM,
                histogram.scale(),
                histogram.zeroThreshold() + 0.0,
                ExponentialSlots.of(histogram)));
    }

    private static boolean isAscending(List<Double> bounds) {
        boolean ascending = bounds.isEmpty() || !Double.isNaN(bounds.get(0));
        for (int i = 1; i < bounds.size(); i++) {
            ascending &= bounds.get(i) > bounds.get(i - 1);
        }
        return ascending;
    }

    /** Whether no count is negative and all together are below 2^63. */
    @SafeVarargs
    private static boolean isCountable(long first, List<Long>... lists) {
        long total = first;
        boolean good = first >= 0;
        for (List<Long> counts : lists) {
            for (long count : counts) {
                total += count;
                good &= count >= 0 && total >= 0;
            }
        }
        return good;
    }

    private static long hash(List<Double> bounds) {
        long hash = bounds.size();
        for (double bound : bounds) {
            hash = (hash ^ Double.doubleToLongBits(bound + 0.0)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    private Optional<Reading> refuse(Ignored why) {
        complaint = why;
        return Optional.empty();
    }
}
