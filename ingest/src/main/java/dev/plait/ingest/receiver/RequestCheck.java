package dev.plait.ingest.receiver;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.ingest.receiver.Answer.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with a request, found by the decoder that will read it from its topic: so what the sender is told here is
 * what becomes a dead letter there. Belongs to one thread, as decoders reuse buffers.
 */
final class RequestCheck {
    private final Map<OtlpSignal, OtlpDecoder> decoders = new EnumMap<>(OtlpSignal.class);
    private final RefusedItems items = new RefusedItems();

    /** How to answer when it is written. @throws Refusal MALFORMED when it is no request of this signal */
    Answer check(OtlpSignal signal, byte[] content, boolean json) {
        items.clear();
        decode(signal, content, json, items);
        return Answer.accepted(items.count(), items.toString());
    }

    /** Hands its items to {@code sink}. @throws Refusal MALFORMED when it is no request of this signal */
    void decode(OtlpSignal signal, byte[] content, boolean json, SignalSink sink) {
        Optional<String> problem = json ? BodyCheck.json(content) : BodyCheck.protobuf(content);
        problem.ifPresent(malformed -> {
            throw new Refusal(Kind.MALFORMED, malformed);
        });
        Optional<Rejected> refused =
                decoders.computeIfAbsent(signal, RequestCheck::decoder).decode(content, sink);
        if (refused.isPresent()) {
            throw new Refusal(Kind.MALFORMED, RefusedItems.words(refused.get()));
        }
    }

    private static OtlpDecoder decoder(OtlpSignal signal) {
        return switch (signal) {
            case TRACES -> OtlpDecoder.traces();
            case LOGS -> OtlpDecoder.logs();
            case METRICS -> OtlpDecoder.metrics();
        };
    }
}
