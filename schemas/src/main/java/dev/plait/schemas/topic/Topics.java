package dev.plait.schemas.topic;

/** The names of topics, each written here once. They are API: whoever renames one breaks its readers. */
public final class Topics {
    /** Default input: OTLP traces, as the collector's Kafka exporter names it. */
    public static final String OTLP_SPANS = "otlp_spans";

    /** Default input: OTLP logs. */
    public static final String OTLP_LOGS = "otlp_logs";

    /** Default input: OTLP metrics. */
    public static final String OTLP_METRICS = "otlp_metrics";

    /** Default input: Kong's JSON access logs. */
    public static final String KONG_LOGS = "kong_logs";

    /** Default input: access logs of Envoy and Kuma. */
    public static final String MESH_ACCESS_LOGS = "mesh_access_logs";

    /** Default input: Zipkin spans, JSON or protobuf. */
    public static final String ZIPKIN_SPANS = "zipkin_spans";

    /** Default input: bodies of Prometheus remote write. */
    public static final String PROMETHEUS_METRICS = "prometheus_metrics";

    /** Output: joined traces by trace ID. */
    public static final String TRACES = "plait-traces";

    /** Output: keep or drop, by trace ID. */
    public static final String DECISIONS = "plait-decisions";

    /** Output: requests, errors and durations by series. */
    public static final String RED = "plait-red";

    /** Output: the service graph, by edge. */
    public static final String EDGES = "plait-edges";

    /** Output: business measures, by measure and series. */
    public static final String MEASURES = "plait-measures";

    /** Output: the state of each SLO. */
    public static final String SLO = "plait-slo";

    /** Output: alerts by fingerprint. */
    public static final String ALERTS = "plait-alerts";

    /** Resolved SLO definitions by name; written by commands, read by the topology. */
    public static final String SLO_DEFINITIONS = "plait-slo-definitions";

    /** Output: what could not be read, as it came. */
    public static final String DEAD_LETTERS = "plait-dead-letters";

    private Topics() {}
}
