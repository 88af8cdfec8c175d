package dev.plait.ingest.prometheus;

/**
 * How the float samples of a series are to be read. A type that the sender declares decides. Without one the name does, by
 * Prometheus' own suffixes and by the families of Kong and Envoy that do not follow them; what is left is a gauge, since a
 * gauge is only looked at and a counter is counted.
 *
 * <p>The series of a classic histogram ({@code _bucket}, {@code _sum}, {@code _count}) stay counters of their own: a sender
 * deals them out over its requests, so no request says whether it holds all buckets.
 */
enum SeriesShape {
    /** Only grows: an OTLP monotonic cumulative sum. */
    COUNTER,
    /** An OTLP cumulative sum that is not monotonic. */
    SUM,
    GAUGE;

    static SeriesShape of(MetricType declared, String name, boolean hasQuantile) {
        return switch (declared) {
            case COUNTER -> COUNTER;
            case GAUGE, GAUGE_HISTOGRAM -> GAUGE;
            case INFO, STATESET -> SUM;
            case HISTOGRAM, SUMMARY -> hasQuantile ? GAUGE : COUNTER;
            case UNKNOWN -> byName(name, hasQuantile);
        };
    }

    private static SeriesShape byName(String name, boolean hasQuantile) {
        if (hasQuantile || name.equals("kong_nginx_connections_total") || name.equals("kong_nginx_requests_total")) {
            return GAUGE; // Kong's two gauges that are named as counters
        }
        boolean grows = name.endsWith("_total")
                || name.endsWith("_bucket")
                || name.endsWith("_sum")
                || name.endsWith("_count")
                || name.equals("kong_bandwidth_bytes")
                || isEnvoyCounter(name);
        return grows ? COUNTER : GAUGE;
    }

    /** Requests and connections by response code, response class or none; Envoy's other series end as counters do or are gauges. */
    private static boolean isEnvoyCounter(String name) {
        return name.startsWith("envoy_")
                && (name.endsWith("_rq") || name.endsWith("_rq_xx") || name.endsWith("_rq_completed"));
    }
}
