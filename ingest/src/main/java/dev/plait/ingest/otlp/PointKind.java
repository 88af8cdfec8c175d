package dev.plait.ingest.otlp;

/** The kinds of metric points, and under which numbers they keep what all of them have. Source: metrics.proto. */
enum PointKind {
    GAUGE(5, 7, 5, 8),
    SUM(7, 7, 5, 8),
    HISTOGRAM(9, 9, 8, 10),
    EXPONENTIAL_HISTOGRAM(10, 1, 11, 10),
    /** Has no exemplars. */
    SUMMARY(11, 7, -1, 8);

    private final int metricField;
    private final int attributes;
    private final int exemplars;
    private final int flags;

    PointKind(int metricField, int attributes, int exemplars, int flags) {
        this.metricField = metricField;
        this.attributes = attributes;
        this.exemplars = exemplars;
        this.flags = flags;
    }

    static boolean isOne(int metricField) {
        return metricField == 5 || metricField == 7 || metricField >= 9 && metricField <= 11;
    }

    /** Of a field number of Metric. @throws IllegalStateException unless {@link #isOne} */
    static PointKind of(int metricField) {
        for (PointKind kind : values()) {
            if (kind.metricField == metricField) {
                return kind;
            }
        }
        throw new IllegalStateException("field " + metricField + " of a metric holds no points");
    }

    /** The field of Metric that holds points of this kind. */
    int metricField() {
        return metricField;
    }

    int attributes() {
        return attributes;
    }

    int exemplars() {
        return exemplars;
    }

    int flags() {
        return flags;
    }
}
