package dev.plait.app.demo;

/** The input topics the demo writes to: the defaults of the configuration. */
final class DemoTopics {
    static final String SPANS = "otlp_spans";
    static final String LOGS = "otlp_logs";
    static final String METRICS = "otlp_metrics";
    static final String KONG = "kong_logs";
    static final String MESH = "mesh_access_logs";

    private DemoTopics() {}
}
