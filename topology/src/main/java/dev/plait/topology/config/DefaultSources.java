package dev.plait.topology.config;

import dev.plait.topology.config.SourceConfig.Format;
import dev.plait.topology.config.SourceConfig.Signal;
import java.util.List;
import java.util.Map;

/**
 * The inputs when none are configured: the collector's own topic names, and one topic for each kind of access log, for Zipkin
 * and for remote write.
 */
final class DefaultSources {
    static final List<SourceConfig> LIST = List.of(
            source("otlp_spans", Format.OTLP, Signal.TRACES),
            source("otlp_logs", Format.OTLP, Signal.LOGS),
            source("otlp_metrics", Format.OTLP, Signal.METRICS),
            source("kong_logs", Format.KONG, Signal.LOGS),
            source("mesh_access_logs", Format.ENVOY, Signal.LOGS),
            source("zipkin_spans", Format.ZIPKIN, Signal.TRACES),
            source("prometheus_metrics", Format.PROMETHEUS, Signal.METRICS));

    private DefaultSources() {}

    private static SourceConfig source(String topic, Format format, Signal signal) {
        return new SourceConfig(topic, false, format, signal, false, Map.of(), FormatOptions.NONE);
    }
}
