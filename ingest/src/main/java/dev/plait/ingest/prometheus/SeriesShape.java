package dev.plait.ingest.prometheus;

import java.util.Set;

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

    private static final Set<String> NAMED_AS_COUNTERS =
            Set.of("kong_nginx_connections_total", "kong_nginx_requests_total", "envoy_cluster_membership_total");

    /** Of Kong 3, then of Kong 2. Source: Kong/kong, kong/plugins/prometheus/exporter.lua. */
    private static final Set<String> KONG_COUNTERS = Set.of(
            "kong_bandwidth_bytes",
            "kong_bandwidth",
            "kong_http_status",
            "kong_stream_status",
            "kong_http_consumer_status");

    /** The last words of Envoy's counters; none of its gauges ends so but {@code remaining_rq}. Source: its statistics pages. */
    private static final Set<String> ENVOY_COUNTED = Set.of(
            ("rq xx completed timeout reset retry success failure fail failed error errors overflow cancelled exceeded"
                            + " rejected denied allowed attempt handshake destroy")
                    .split(" "));

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
        if (hasQuantile || NAMED_AS_COUNTERS.contains(name) || name.endsWith("_remaining_rq")) {
            return GAUGE;
        }
        boolean grows = name.endsWith("_total")
                || name.endsWith("_bucket")
                || name.endsWith("_sum")
                || name.endsWith("_count")
                || KONG_COUNTERS.contains(name)
                || isEnvoyCounter(name);
        return grows ? COUNTER : GAUGE;
    }

    private static boolean isEnvoyCounter(String name) {
        return name.startsWith("envoy_") && ENVOY_COUNTED.contains(name.substring(name.lastIndexOf('_') + 1));
    }
}
