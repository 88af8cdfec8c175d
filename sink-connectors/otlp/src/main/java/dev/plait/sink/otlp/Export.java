package dev.plait.sink.otlp;

import dev.plait.sink.delivery.Attempt;
import dev.plait.sink.delivery.Later;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * The items of some records on their way: cut into requests of one signal each that are within the limits, sent one after the
 * other. What was taken is not sent again when the backend says "later" to what follows. A request that is too large is halved;
 * one whose content is refused is halved between records, until it is known which record it is. A record of which anything is
 * refused counts as refused, the rest of it is sent all the same. For one thread.
 */
final class Export implements Attempt {
    private final Transport transport;
    private final ExportLimits limits;
    private final ExportCounts counts;
    private final Deque<Chunk> pending = new ArrayDeque<>();
    private final Map<Integer, String> refused = new LinkedHashMap<>();

    /** An item, and the index of the record it is of. */
    private record Owned(int record, Item item) {}

    private record Chunk(Signal signal, List<Owned> items) {
        boolean isOfOneRecord() {
            return items.get(0).record() == items.get(items.size() - 1).record();
        }
    }

    /**
     * @param records the items of each record
     * @param malformed why records have none, by their index
     */
    Export(
            List<List<Item>> records,
            Map<Integer, String> malformed,
            ExportLimits limits,
            Transport transport,
            ExportCounts counts) {
        refused.putAll(malformed);
        this.limits = limits;
        this.transport = transport;
        this.counts = counts;
        for (Signal signal : Signal.values()) {
            cut(signal, records);
        }
    }

    /**
     * Sends until everything has its answer, or the backend says when to go on.
     *
     * @throws ConnectException when the backend takes nothing from this sink as it is configured
     */
    @Override
    public Optional<Later> run() {
        while (!pending.isEmpty()) {
            Chunk chunk = pending.removeFirst();
            Answer answer = transport.send(
                    chunk.signal(),
                    Requests.of(
                            chunk.signal(),
                            chunk.items().stream().map(Owned::item).toList()));
            if (answer instanceof Answer.Denied denied) {
                throw new ConnectException(
                        "The backend takes no " + chunk.signal().label()
                                + " from this sink as it is configured (" + denied.why()
                                + "): check endpoint and credentials, or leave them out of " + OtlpKeys.SIGNALS);
            }
            if (answer instanceof Answer.NotNow notNow) {
                pending.addFirst(chunk);
                return Optional.of(notNow.later());
            }
            take(chunk, answer);
        }
        return Optional.empty();
    }

    @Override
    public Map<Integer, String> refused() {
        return refused;
    }

    private void take(Chunk chunk, Answer answer) {
        if (answer instanceof Answer.Taken taken) {
            counts.sent(chunk.signal(), chunk.items().size(), taken);
        } else if (answer instanceof Answer.TooLarge tooLarge) {
            if (chunk.items().size() > 1) {
                split(chunk, chunk.items().size() / 2);
            } else {
                refuse(chunk, tooLarge.why());
            }
        } else if (answer instanceof Answer.Refused refusal) {
            if (refusal.content() && !chunk.isOfOneRecord()) {
                split(chunk, betweenRecords(chunk.items()));
            } else {
                refuse(chunk, refusal.why());
            }
        }
    }

    private void refuse(Chunk chunk, String why) {
        counts.refused(chunk.signal(), chunk.items().size());
        for (Owned owned : chunk.items()) {
            refused.putIfAbsent(owned.record(), chunk.signal().label() + ": " + why);
        }
    }

    private void split(Chunk chunk, int at) {
        int size = chunk.items().size();
        pending.addFirst(new Chunk(chunk.signal(), chunk.items().subList(at, size)));
        pending.addFirst(new Chunk(chunk.signal(), chunk.items().subList(0, at)));
    }

    /** The border between two records that is nearest to the middle. */
    private static int betweenRecords(List<Owned> items) {
        int middle = items.size() / 2;
        for (int away = 0; away < items.size(); away++) {
            for (int at : new int[] {middle - away, middle + away}) {
                if (at > 0
                        && at < items.size()
                        && items.get(at - 1).record() != items.get(at).record()) {
                    return at;
                }
            }
        }
        throw new IllegalStateException("items of one record have no border");
    }

    private void cut(Signal signal, List<List<Item>> records) {
        List<Owned> open = new ArrayList<>();
        long bytes = 0;
        for (int record = 0; record < records.size(); record++) {
            for (Item item : records.get(record)) {
                if (item.signal() != signal) {
                    continue;
                }
                long alone = (long) item.groupBytes() + item.sizeBytes();
                boolean sameGroup =
                        !open.isEmpty() && open.get(open.size() - 1).item().isOfGroup(item);
                long more = sameGroup ? item.sizeBytes() : alone;
                if (!open.isEmpty() && (open.size() == limits.maxItems() || bytes + more > limits.maxBytes())) {
                    pending.addLast(new Chunk(signal, List.copyOf(open)));
                    open.clear();
                    bytes = 0;
                    more = alone;
                }
                open.add(new Owned(record, item));
                bytes += more;
            }
        }
        if (!open.isEmpty()) {
            pending.addLast(new Chunk(signal, List.copyOf(open)));
        }
    }
}
