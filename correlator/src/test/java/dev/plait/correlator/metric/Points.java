package dev.plait.correlator.metric;

import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.PointValue;
import dev.plait.schemas.model.ReceivedPoint;
import dev.plait.schemas.model.ReceivedPoint.Kind;
import dev.plait.schemas.model.ReceivedPoint.Temporality;
import dev.plait.schemas.model.Source;
import java.util.List;
import java.util.Map;

/** Points of tests; times are milliseconds after {@link #T0}. */
final class Points {
    static final long T0 = 1_767_225_600_000L;
    static final Origin ORIGIN = new Origin(Map.of("service.name", "cart"), "", Source.OTLP, Map.of("region", "eu"));

    private Points() {}

    static long nanos(long atMs) {
        return (T0 + atMs) * 1_000_000;
    }

    /** A cumulative sum without a start. */
    static ReceivedPoint sum(long atMs, long value) {
        return point(Kind.SUM, Temporality.CUMULATIVE, 0, nanos(atMs), new PointValue.Whole(value));
    }

    static ReceivedPoint sum(long startMs, long atMs, long value) {
        return point(Kind.SUM, Temporality.CUMULATIVE, nanos(startMs), nanos(atMs), new PointValue.Whole(value));
    }

    static ReceivedPoint real(long atMs, double value) {
        return point(Kind.SUM, Temporality.CUMULATIVE, 0, nanos(atMs), new PointValue.Real(value));
    }

    static ReceivedPoint delta(long atMs, double value) {
        return point(Kind.SUM, Temporality.DELTA, 0, nanos(atMs), new PointValue.Real(value));
    }

    static ReceivedPoint histogram(long atMs, List<Double> bounds, List<Long> counts) {
        return point(
                Kind.HISTOGRAM,
                Temporality.CUMULATIVE,
                0,
                nanos(atMs),
                new PointValue.Histogram(
                        counts.stream().mapToLong(count -> count).sum(), 0, bounds, counts));
    }

    static ReceivedPoint exponential(long atMs, int scale, long zeroCount, int offset, List<Long> counts) {
        return exponential(atMs, scale, zeroCount, 0, offset, counts);
    }

    static ReceivedPoint exponential(
            long atMs, int scale, long zeroCount, double zeroThreshold, int offset, List<Long> counts) {
        return point(
                Kind.EXPONENTIAL_HISTOGRAM,
                Temporality.CUMULATIVE,
                0,
                nanos(atMs),
                new PointValue.ExponentialHistogram(
                        0,
                        0,
                        scale,
                        zeroCount,
                        zeroThreshold,
                        new PointValue.Buckets(offset, counts),
                        PointValue.Buckets.NONE));
    }

    static ReceivedPoint point(Kind kind, Temporality temporality, long start, long time, PointValue value) {
        return new ReceivedPoint(
                "requests",
                "s",
                kind,
                temporality,
                kind == Kind.SUM,
                start,
                time,
                value,
                Map.of("http.route", "/cart"),
                ORIGIN);
    }

    static ReceivedPoint with(ReceivedPoint point, String metric, String unit, Map<String, Object> attributes) {
        return new ReceivedPoint(
                metric,
                unit,
                point.kind(),
                point.temporality(),
                point.monotonic(),
                point.startEpochNanos(),
                point.timeEpochNanos(),
                point.value(),
                attributes,
                point.origin());
    }
}
