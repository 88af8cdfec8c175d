package dev.plait.perf.decode;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.applog.AppLogDecoder;
import dev.plait.ingest.applog.AppLogForm;
import dev.plait.ingest.envoy.MeshDecoder;
import dev.plait.ingest.envoy.MeshFormat;
import dev.plait.ingest.envoy.OtlpAccessLogs;
import dev.plait.ingest.frame.FrameDecoder;
import dev.plait.ingest.frame.Hop;
import dev.plait.ingest.jaeger.JaegerDecoder;
import dev.plait.ingest.kong.KongDecoder;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.ingest.prometheus.RemoteWriteDecoder;
import dev.plait.ingest.redact.Redaction;
import dev.plait.ingest.zipkin.ZipkinDecoder;
import java.util.Locale;

/** The decoders, one for each thing that a topic can hold. */
enum Family {
    OTLP_TRACES,
    OTLP_LOGS,
    OTLP_METRICS,
    KONG,
    ENVOY,
    ZIPKIN,
    JAEGER,
    PROMETHEUS,
    LOG,
    LOG_LINES,
    FRAMES;

    /** Of seven groups, as for the lines of Spring. */
    private static final String LINES =
            "^(?<timestamp>\\S+ \\S+) +(?<level>[A-Z]+) \\[(?<service>[^,]*),(?<trace_id>\\w*),"
                    + "(?<span_id>\\w*)\\] (?<logger>\\S+) : (?<message>.*)";

    Decoder decoder() {
        return switch (this) {
            case OTLP_TRACES -> OtlpDecoder.traces();
            case OTLP_LOGS -> OtlpAccessLogs.decoder(MeshFormat.byDefault(), Redaction.DEFAULT);
            case OTLP_METRICS -> OtlpDecoder.metrics();
            case KONG -> new KongDecoder();
            case ENVOY -> new MeshDecoder();
            case ZIPKIN -> new ZipkinDecoder();
            case JAEGER -> new JaegerDecoder();
            case PROMETHEUS -> new RemoteWriteDecoder();
            case LOG -> new AppLogDecoder();
            case LOG_LINES -> new AppLogDecoder(AppLogForm.of(LINES, ""));
            case FRAMES -> new FrameDecoder(Hop.FRAMES);
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
