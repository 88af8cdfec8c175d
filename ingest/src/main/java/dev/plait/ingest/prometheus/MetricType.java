package dev.plait.ingest.prometheus;

/**
 * What a Prometheus family is, in the numbers of both versions of remote write. Source: prompb types.proto (1.0) and
 * io/prometheus/write/v2/types.proto (2.0).
 */
enum MetricType {
    UNKNOWN,
    COUNTER,
    GAUGE,
    HISTOGRAM,
    GAUGE_HISTOGRAM,
    SUMMARY,
    INFO,
    STATESET;

    private static final MetricType[] ALL = values();

    /** Of a name as a label has it; {@link #UNKNOWN} for any other text. */
    static MetricType of(String name) {
        for (MetricType type : ALL) {
            if (type.name().replace("_", "").equalsIgnoreCase(name)) {
                return type;
            }
        }
        return UNKNOWN;
    }

    /** Of a number; {@link #UNKNOWN} for what later versions may add. */
    static MetricType of(long number) {
        return number >= 0 && number < ALL.length ? ALL[(int) number] : UNKNOWN;
    }
}
