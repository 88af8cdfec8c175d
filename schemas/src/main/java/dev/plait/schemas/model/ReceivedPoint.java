package dev.plait.schemas.model;

import java.util.Map;

/**
 * One point of a metric as it was received. Whether it makes sense is for its reader to judge: a histogram whose buckets do
 * not fit its bounds is told as it came.
 *
 * @param unit as the metric says, usually UCUM; empty when it says none
 * @param temporality of a gauge {@link Temporality#UNSPECIFIED}
 * @param monotonic only of a sum; else false
 * @param startEpochNanos from when on a sum or histogram has counted; 0 when unknown
 * @param timeEpochNanos 0 when unknown; negative beyond 2^63
 */
public record ReceivedPoint(
        String metric,
        String unit,
        Kind kind,
        Temporality temporality,
        boolean monotonic,
        long startEpochNanos,
        long timeEpochNanos,
        PointValue value,
        Map<String, Object> attributes,
        Origin origin) {
    public ReceivedPoint {
        attributes = Attributes.copy(attributes);
        boolean number = value instanceof PointValue.Whole || value instanceof PointValue.Real;
        boolean fits = switch (kind) {
            case SUM, GAUGE -> number;
            case HISTOGRAM -> value instanceof PointValue.Histogram;
            case EXPONENTIAL_HISTOGRAM -> value instanceof PointValue.ExponentialHistogram;
        };
        if (!fits) {
            throw new IllegalArgumentException("a point of kind " + kind + " with " + value);
        }
    }

    /** The kinds of points, without summaries. */
    public enum Kind {
        SUM,
        GAUGE,
        HISTOGRAM,
        EXPONENTIAL_HISTOGRAM
    }

    /** What a point has counted: since its start, or since the point before it. */
    public enum Temporality {
        UNSPECIFIED,
        DELTA,
        CUMULATIVE
    }
}
