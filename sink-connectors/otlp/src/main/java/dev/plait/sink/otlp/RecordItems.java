package dev.plait.sink.otlp;

import dev.plait.sink.delivery.MalformedRecord;
import dev.plait.sink.delivery.RecordView;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The items of any record that the sink takes, by its topic. Thread safe. */
final class RecordItems {
    private final Map<String, RecordKind> kinds;
    private final TraceItems traces;
    private final RedItems red;
    private final EdgeItems edges;
    private final SloItems slos = new SloItems();
    private final Set<Signal> signals;
    private final ItemLimits limits;

    RecordItems(OtlpSinkConfig config) {
        kinds = config.kinds();
        traces = new TraceItems(
                config.revisions(), config.keptTracesOnly(), new SentPieces(config.getInt(OtlpKeys.REMEMBERED)));
        DurationPoint durations = new DurationPoint(config.durationsInSeconds());
        red = new RedItems(durations);
        edges = new EdgeItems(durations);
        signals = config.signals();
        limits = config.preset().limits();
    }

    /**
     * None when there is nothing to send of it.
     *
     * @throws MalformedRecord when the record is not what its topic holds
     */
    List<Item> of(String topic, RecordView record) {
        RecordKind kind = kinds.get(topic);
        if (kind == null) {
            throw new MalformedRecord("what the records of topic " + topic + " are is not known");
        }
        List<Item> items = switch (kind) {
            case TRACES -> traces.of(record);
            case RED -> red.of(record);
            case EDGES -> edges.of(record);
            case SLO -> slos.of(record);
        };
        return items.stream()
                .filter(item -> signals.contains(item.signal()))
                .map(limits::applied)
                .toList();
    }
}
