package dev.plait.ingest.receiver;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.envoy.OtlpAccessLogs;
import dev.plait.ingest.frame.SignalRouter;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.topic.DeadLetters;
import dev.plait.schemas.topic.DeadLetters.Letter;
import dev.plait.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records that a request becomes where its topic is {@linkplain FrameTopics one of frames}: frames for the partitions of its
 * traces, and a dead letter for each of its bad items. What the topology's decode tasks would do; no larger record comes of it
 * than a frame, so nothing has to be split. Belongs to one thread.
 */
final class RequestFrames {
    private static final String FORMAT = "otlp";

    private final Map<OtlpSignal, Decoder> decoders = new EnumMap<>(OtlpSignal.class);
    private final FrameTopics topics;
    private final DeadLetters.Shown shown;
    private final SignalRouter router;
    private final RefusedItems refused = new RefusedItems();

    RequestFrames(FrameTopics topics) {
        this.topics = topics;
        this.shown = new DeadLetters.Shown(topics.letterValues(), (name, value) -> value);
        this.router = new SignalRouter(topics.partitions());
    }

    /** What to write, and how to answer when it is written. */
    record Outcome(
            List<ProducerRecord<byte[], byte[]>> records, Answer answer, int untracedItems, int redactedSecrets) {}

    /** @throws Refusal MALFORMED when it is no request of this signal */
    Outcome of(OtlpSignal signal, byte[] content, boolean json) {
        FrameTopics.Target target = topics.bySignal().get(signal);
        router.start(Source.OTLP, target.tags(), Set.of());
        RequestCheck.decode(signal, decoders.computeIfAbsent(signal, this::decoder), content, json, router);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        router.drain(
                0,
                0,
                0,
                (partition, frame) -> records.add(new ProducerRecord<>(target.frames(), partition, null, frame)),
                (partition, frame) -> records.add(new ProducerRecord<>(target.requests(), partition, null, frame)));
        DeadLetters letters =
                new DeadLetters(null, content, List.of(), FORMAT, signal.label(), shown).before(target.frames());
        refused.clear();
        router.rejected().forEach(refused::reject);
        for (Rejected bad : router.rejected()) {
            if (!bad.reason().isIgnored()) {
                records.add(record(letters.letter(bad.reason().name(), bad.detail(), bad.item())));
            }
        }
        refused.untold(router.untold());
        return new Outcome(
                records, Answer.accepted(refused.count(), refused.toString()), router.untraced(), router.redacted());
    }

    private Decoder decoder(OtlpSignal signal) {
        return switch (signal) {
            case TRACES -> OtlpDecoder.traces(topics.redaction());
            case LOGS ->
                OtlpAccessLogs.decoder(topics.bySignal().get(signal).mesh().get(), topics.redaction());
            case METRICS -> OtlpDecoder.metrics(topics.redaction());
        };
    }

    private static ProducerRecord<byte[], byte[]> record(Letter letter) {
        return new ProducerRecord<>(Topics.DEAD_LETTERS, null, letter.key(), letter.value(), letter.headers());
    }
}
