package dev.plait.sink.otlp;

import dev.plait.sink.delivery.RecordView;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;

/**
 * Durations of a window as a point of an exponential histogram. Plait's are in nanoseconds. In seconds, count, sum, minimum,
 * maximum and the count of each bucket are exact; the bounds of buckets, powers of the base, cannot all be divided by 10^9: they
 * are moved by the nearest whole number of buckets, which is less than half a bucket off (1.1 % of the bound at Plait's scale
 * 5, as much as its quantiles are off anyway). In nanoseconds the bounds are exact too.
 */
final class DurationPoint {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double LOG2_OF_NANOS_PER_SECOND = Math.log(NANOS_PER_SECOND) / Math.log(2);

    private final boolean seconds;

    DurationPoint(boolean seconds) {
        this.seconds = seconds;
    }

    String unit() {
        return seconds ? "s" : "ns";
    }

    ExponentialHistogramDataPoint.Builder of(RecordView latency) {
        int scale = (int) latency.number("scale");
        ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
                .setCount(latency.number("count"))
                .setSum(duration(latency.number("sumNanos")))
                .setScale(scale)
                .setZeroCount(latency.number("zeroCount"));
        if (latency.number("count") > 0) {
            point.setMin(duration(latency.number("minNanos"))).setMax(duration(latency.number("maxNanos")));
        }
        long[] counts = latency.numbers("bucketCounts");
        if (counts.length > 0) {
            int shift = seconds ? shift(scale) : 0;
            var buckets = point.getPositiveBuilder().setOffset((int) latency.number("offset") - shift);
            for (long count : counts) {
                buckets.addBucketCounts(count);
            }
        }
        return point;
    }

    /** How many buckets of {@code scale} 10^9 is: log2(10^9) * 2^scale, rounded. */
    static int shift(int scale) {
        return (int) Math.rint(Math.scalb(LOG2_OF_NANOS_PER_SECOND, scale));
    }

    private double duration(long nanos) {
        return seconds ? nanos / NANOS_PER_SECOND : nanos;
    }
}
