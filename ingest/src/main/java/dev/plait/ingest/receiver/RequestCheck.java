package dev.plait.ingest.receiver;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.prometheus.SampleCounts;
import dev.plait.ingest.receiver.Answer.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with a request, found by the decoder that will read it from its topic: so what the sender is told here is
 * what becomes a dead letter there. Belongs to one thread, as decoders reuse buffers.
 */
final class RequestCheck {
    private final Map<Input, Decoder> decoders = new HashMap<>();
    private final RefusedItems items = new RefusedItems();

    /** How to answer when it is written. @throws Refusal MALFORMED when it is nothing of this input */
    Answer check(Input input, byte[] content, boolean json) {
        items.clear();
        decode(input, decoders.computeIfAbsent(input, Input::decoder), content, json, items);
        Answer answer = Answer.accepted(items.count(), items.toString());
        return input == ForeignFormat.PROMETHEUS ? answer.with(SampleCounts.of(content, items.numbers())) : answer;
    }

    /** Hands its items to {@code sink}. @throws Refusal MALFORMED when it is nothing of this input */
    static void decode(Input input, Decoder decoder, byte[] content, boolean json, SignalSink sink) {
        input.problem(content, json).ifPresent(malformed -> {
            throw new Refusal(Kind.MALFORMED, malformed);
        });
        Optional<Rejected> refused = decoder.decode(content, sink);
        if (refused.isPresent() && !refused.get().reason().isIgnored()) {
            throw new Refusal(Kind.MALFORMED, RefusedItems.words(refused.get()));
        }
    }
}
