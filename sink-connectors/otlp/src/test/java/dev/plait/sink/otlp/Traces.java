package dev.plait.sink.otlp;

import dev.plait.schemas.wire.TraceJson;
import java.util.List;

/** Items of the traces of {@link FixtureTraces}. */
final class Traces {
    private Traces() {}

    static List<Item> items(long seed, int spans, int traces, int logs) {
        TraceItems items = new TraceItems(Revisions.ALL, false, new SentPieces(0));
        return new FixtureTraces(seed, spans, traces, logs)
                .traces().stream()
                        .flatMap(trace -> items.of(Records.view(TraceJson.write(trace))).stream())
                        .toList();
    }

    static List<Item> of(Signal signal, List<Item> items) {
        return items.stream().filter(item -> item.signal() == signal).toList();
    }
}
