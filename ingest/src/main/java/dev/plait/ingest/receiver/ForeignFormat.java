package dev.plait.ingest.receiver;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.envoy.MeshDecoder;
import dev.plait.ingest.kong.KongDecoder;
import dev.plait.ingest.prometheus.RemoteWriteDecoder;
import dev.plait.ingest.zipkin.ZipkinDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is received besides OTLP: each in the form that its senders have, which its decoder tells by itself. */
public enum ForeignFormat implements Input {
    /** Kong Gateway's JSON logs. */
    KONG,
    /** Access logs of Envoy and Kuma. */
    MESH,
    /** Zipkin v2 spans. */
    ZIPKIN,
    /** Bodies of Prometheus remote write; content is what their Snappy block holds. */
    PROMETHEUS;

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Decoder decoder() {
        return switch (this) {
            case KONG -> new KongDecoder();
            case MESH -> new MeshDecoder();
            case ZIPKIN -> new ZipkinDecoder();
            case PROMETHEUS -> new RemoteWriteDecoder();
        };
    }

    @Override
    public Optional<String> problem(byte[] content, boolean json) {
        return Optional.empty();
    }

    @Override
    public List<byte[]> split(byte[] content, boolean json, int limitBytes) {
        return switch (this) {
            case KONG -> JsonSplitter.split(content, limitBytes);
            case ZIPKIN ->
                json
                        ? JsonSplitter.split(content, limitBytes)
                        : FieldSplitter.split(content, FieldSplitter.NONE, limitBytes);
            case PROMETHEUS -> SeriesSplitter.split(content, limitBytes);
            case MESH -> AlsSplitter.split(content, limitBytes);
        };
    }
}
