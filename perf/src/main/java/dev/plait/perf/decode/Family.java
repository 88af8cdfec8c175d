package dev.plait.perf.decode;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.envoy.MeshDecoder;
import dev.plait.ingest.jaeger.JaegerDecoder;
import dev.plait.ingest.kong.KongDecoder;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.ingest.prometheus.RemoteWriteDecoder;
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
    PROMETHEUS;

    Decoder decoder() {
        return switch (this) {
            case OTLP_TRACES -> OtlpDecoder.traces();
            case OTLP_LOGS -> OtlpDecoder.logs();
            case OTLP_METRICS -> OtlpDecoder.metrics();
            case KONG -> new KongDecoder();
            case ENVOY -> new MeshDecoder();
            case ZIPKIN -> new ZipkinDecoder();
            case JAEGER -> new JaegerDecoder();
            case PROMETHEUS -> new RemoteWriteDecoder();
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
