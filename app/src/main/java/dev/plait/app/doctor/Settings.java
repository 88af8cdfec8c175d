package dev.plait.app.doctor;

/** The settings of senders that findings name. */
final class Settings {
    static final String KONG_TRACE = "Kong: enable the opentelemetry or zipkin plugin where the log plugin is, and "
            + "tracing_instrumentations = request,balancer and tracing_sampling_rate = 1.0 in kong.conf "
            + "(KONG_TRACING_INSTRUMENTATIONS, KONG_TRACING_SAMPLING_RATE)";

    static final String MESH_TRACE =
            "Kuma MeshAccessLog: a format with the trace ID: json key trace_id: \"%TRACE_ID%\" or "
                    + "traceparent: \"%REQ(TRACEPARENT)%\"; in the default line \"%REQ(X-B3-TRACEID)%\" before "
                    + "\"%REQ(X-REQUEST-ID)%\"; and MeshTrace on the mesh";

    static final String LOG_TRACE = "write the trace ID with each line: JSON with trace_id, or a layout with it "
            + "(Logback, Log4j: %X{trace_id}, which OpenTelemetry's MDC instrumentation sets; Datadog: DD_LOGS_INJECTION=true)";

    private Settings() {}

    static String toSend(SourceTally source) {
        return switch (source.format()) {
            case "kong" ->
                "Kong: http-log to /kong/logs of plait receive, tcp-log to its port 54525, or kafka-log with topic: "
                        + source.topic();
            case "envoy" ->
                "Kuma MeshAccessLog: a tcp backend to port 54525 of plait receive, or a file's lines forwarded to topic "
                        + source.topic();
            case "zipkin" ->
                "Kong's zipkin plugin, Envoy or Kuma MeshTrace to /api/v2/spans on port 9411 of plait receive, or the "
                        + "collector's kafka exporter with encoding: zipkin_json or zipkin_proto to topic "
                        + source.topic();
            case "jaeger" ->
                "a forwarder, or the collector's kafka exporter with encoding: " + source.format()
                        + "_json or _proto, to topic " + source.topic();
            case "prometheus" ->
                "Prometheus: remote_write to /api/v1/write of plait receive, or its bodies forwarded to topic "
                        + source.topic();
            case "log" ->
                "collector: file_log receiver, and kafka exporter with logs::topic: " + source.topic()
                        + " and encoding: raw; or the program's own Kafka appender";
            default ->
                "collector: kafka exporter with " + source.signal() + "::topic: " + source.topic()
                        + " and encoding: otlp_proto, in the pipeline of " + source.signal()
                        + "; or OTEL_EXPORTER_OTLP_ENDPOINT to plait receive";
        };
    }

    static String toBeRead(SourceTally source) {
        return switch (source.format()) {
            case "kong" ->
                "Kong: leave the log as its serializer writes it: JSON objects, custom_fields_by_lua only adding; "
                        + "nothing else on this topic";
            case "envoy" ->
                "Kuma MeshAccessLog: the default line or format.json (one object a line); nothing else on this topic";
            case "zipkin", "jaeger" ->
                "collector: kafka exporter encoding of the source's format (zipkin_json, zipkin_proto, jaeger_json, "
                        + "jaeger_proto); nothing else on this topic";
            case "prometheus" ->
                "the bodies of remote_write 1.0 or 2.0 as Prometheus sends them; nothing else on this topic";
            case "log" ->
                "JSON logs, an object a line; for lines of text line-pattern of this source; nothing else on this topic";
            default ->
                "collector: kafka exporter encoding: otlp_proto or otlp_json (not jaeger_*, zipkin_* or raw); "
                        + "nothing else on this topic";
        };
    }
}
