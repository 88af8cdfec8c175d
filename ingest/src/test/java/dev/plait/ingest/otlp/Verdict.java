package dev.plait.ingest.otlp;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.Rejected;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a decoder made of one value, in one line: {@code D REASON}, or {@code A items=1 points=0} with what was refused or
 * normalised. A refused item is given as its reason and number. */
final class Verdict {
    private Verdict() {}

    static String of(Decoder decoder, byte[] value) {
        RecordingSink sink = new RecordingSink();
        Optional<Rejected> refused = decoder.decode(value, sink);
        return refused.map(whole -> "D " + whole.reason()).orElseGet(() -> "A" + told(sink));
    }

    private static String told(RecordingSink sink) {
        String items = sink.items().isEmpty() ? "" : " items=" + sink.items().size();
        String points = sink.points() == 0 ? "" : " points=" + sink.points();
        String rejected = sink.rejected().stream()
                .map(bad -> " " + bad.reason() + "@" + bad.item())
                .collect(Collectors.joining());
        String normalised = sink.normalised().entrySet().stream()
                .map(Map.Entry::toString)
                .map(entry -> " " + entry)
                .collect(Collectors.joining());
        return items + points + rejected + normalised;
    }
}
