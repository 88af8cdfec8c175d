package dev.plait.correlator.metric;

import dev.plait.schemas.model.PointValue;
import dev.plait.schemas.model.ReceivedPoint;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long the requests in a histogram's bucket took at most: its upper bound, which is in the bucket. So a limit that is a bound
 * tells exactly who kept it. What is above all bounds took for ever, {@link Long#MAX_VALUE}; requests of a sum took 0.
 */
final class BucketDurations {
    private static final double SECOND = 1e9;
    private static final double MILLISECOND = 1e6;
    private static final double MICROSECOND = 1e3;

    /** UCUM's, and the words of OpenMetrics. */
    private static final Map<String, Double> UNITS = Map.ofEntries(
            Map.entry("s", SECOND),
            Map.entry("seconds", SECOND),
            Map.entry("ms", MILLISECOND),
            Map.entry("milliseconds", MILLISECOND),
            Map.entry("us", MICROSECOND),
            Map.entry("µs", MICROSECOND),
            Map.entry("microseconds", MICROSECOND),
            Map.entry("ns", 1.0),
            Map.entry("nanoseconds", 1.0),
            Map.entry("min", 60 * SECOND),
            Map.entry("minutes", 60 * SECOND),
            Map.entry("h", 3600 * SECOND));

    private BucketDurations() {}

    /** Of the requests in a slot of {@link Counts}, nanoseconds. */
    static long nanos(ReceivedPoint point, long slot) {
        PointValue value = point.value();
        if (value instanceof PointValue.Histogram histogram) {
            List<Double> bounds = histogram.explicitBounds();
            return slot >= bounds.size() ? Long.MAX_VALUE : nanos(bounds.get((int) slot), point);
        }
        if (value instanceof PointValue.ExponentialHistogram histogram) {
            return nanos(ExponentialSlots.upperBound(slot, histogram.scale(), histogram.zeroThreshold()), point);
        }
        return 0;
    }

    private static long nanos(double bound, ReceivedPoint point) {
        return Math.max(0, Math.round(bound * unitNanos(point)));
    }

    /** By the unit; if there is none that is a time, by the name; else seconds, as Prometheus has it. */
    private static double unitNanos(ReceivedPoint point) {
        Double unit = UNITS.get(point.unit().toLowerCase(Locale.ROOT));
        if (unit != null) {
            return unit;
        }
        String name = point.metric();
        // Envoy's histograms of times are in milliseconds, whatever they are called (envoy_cluster_upstream_rq_time)
        // and so are the timers of Kong's statsd and datadog plugins: StatsD has no units
        boolean kong = name.startsWith("kong.") && name.endsWith("latency");
        if (kong || name.endsWith("_ms") || name.endsWith("_milliseconds") || name.startsWith("envoy_")) {
            return MILLISECOND;
        }
        if (name.endsWith("_ns") || name.endsWith("_nanoseconds")) {
            return 1;
        }
        return name.endsWith("_us") || name.endsWith("_microseconds") ? MICROSECOND : SECOND;
    }
}
