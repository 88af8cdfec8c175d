package dev.plait.topology;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.applog.AppLogDecoder;
import dev.plait.ingest.envoy.MeshDecoder;
import dev.plait.ingest.envoy.OtlpAccessLogs;
import dev.plait.ingest.frame.FrameDecoder;
import dev.plait.ingest.jaeger.JaegerDecoder;
import dev.plait.ingest.kong.KongDecoder;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.ingest.prometheus.RemoteWriteDecoder;
import dev.plait.ingest.redact.Redaction;
import dev.plait.ingest.zipkin.ZipkinDecoder;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.topic.DeadLetters;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.SourceConfig;
import dev.plait.topology.config.SourceConfig.Format;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The decoder and the tags of each input topic, found once per topic. Belongs to one task, as decoders reuse buffers. */
public final class InputDecoders {
    private static final String FRAMES = "frames";

    private final List<SourceConfig> sources;
    private final Redaction redaction;
    private final Set<String> keptHeaders;
    private final Map<String, Input> inputs = new HashMap<>();

    /** How the records of one topic are read. */
    public record Input(Decoder decoder, Source source, Map<String, String> tags, String format, String signal) {
        public Input {
            tags = Map.copyOf(tags);
        }

        /** Those of {@code record}, which was {@code where}. */
        DeadLetters deadLetters(Record<byte[], byte[]> record, RecordMetadata where, DeadLetters.Shown shown) {
            return new DeadLetters(record.key(), record.value(), record.headers(), format, signal, shown)
                    .at(where.topic(), where.partition(), where.offset(), record.timestamp());
        }
    }

    /** @param redaction what is covered in everything that the decoders hand over */
    public InputDecoders(List<SourceConfig> sources, Redaction redaction) {
        this(sources, redaction, Set.of());
    }

    public InputDecoders(PlaitConfig config) {
        this(config.sources(), config.redaction().rules(), config.requestHeaders());
    }

    private InputDecoders(List<SourceConfig> sources, Redaction redaction, Set<String> keptHeaders) {
        this.sources = sources;
        this.redaction = redaction;
        this.keptHeaders = keptHeaders;
    }

    /** Those of {@code topic}. @throws IllegalStateException for a topic of no source; Kafka Streams reads no such topic */
    public Input of(String topic) {
        return inputs.computeIfAbsent(topic, this::find);
    }

    private Input find(String topic) {
        SourceConfig source = sources.stream()
                .filter(candidate -> candidate.covers(topic))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no source covers topic " + topic));
        return new Input(
                source.framed() ? new FrameDecoder(source.hop(topic)) : decoder(source),
                writer(source.format()),
                source.tagsOf(topic),
                source.framed() ? FRAMES : source.format().name().toLowerCase(Locale.ROOT),
                source.signal().name().toLowerCase(Locale.ROOT));
    }

    private Decoder decoder(SourceConfig source) {
        return switch (source.format()) {
            case KONG -> new KongDecoder(redaction, keptHeaders);
            case ENVOY -> new MeshDecoder(source.options().mesh(), redaction);
            case ZIPKIN -> new ZipkinDecoder(redaction);
            case JAEGER -> new JaegerDecoder(redaction);
            case PROMETHEUS -> new RemoteWriteDecoder(redaction);
            case LOG -> new AppLogDecoder(source.options().appLogs(), redaction);
            case OTLP ->
                switch (source.signal()) {
                    case TRACES -> OtlpDecoder.traces(redaction);
                    case LOGS -> OtlpAccessLogs.decoder(source.options().mesh(), redaction);
                    case METRICS -> OtlpDecoder.metrics(redaction);
                };
        };
    }

    private static Source writer(Format format) {
        return switch (format) {
            case OTLP -> Source.OTLP;
            case KONG -> Source.KONG;
            case ENVOY -> Source.ENVOY;
            case ZIPKIN -> Source.ZIPKIN;
            case JAEGER -> Source.JAEGER;
            case PROMETHEUS -> Source.PROMETHEUS;
            case LOG -> Source.LOG;
        };
    }
}
