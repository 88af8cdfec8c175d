package dev.plait.app.doctor;

import dev.plait.ingest.Rejected;
import dev.plait.topology.InputDecoders;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What one input topic carries, read with the topology's own decoder of it. Senders beyond a limit are counted as one. */
final class SourceTally {
    static final String OTHER_SENDERS = "(other senders)";
    private static final int MAX_SENDERS = 500;

    private final String topic;
    private final InputDecoders.Input input;
    private final RecordItems record = new RecordItems();
    private final Map<String, ItemCounts> senders = new LinkedHashMap<>();
    private final ItemCounts total = new ItemCounts();
    private final Refusals refusals = new Refusals();
    private final Map<String, Long> normalised = new TreeMap<>();
    private long records;
    private long bad;
    private long ignored;
    private int largestBytes;
    private Slice slice = Slice.NOTHING;
    private TopicState state = TopicState.MISSING;

    SourceTally(String topic, InputDecoders.Input input) {
        this.topic = topic;
        this.input = input;
    }

    void add(ConsumerRecord<byte[], byte[]> item) {
        records++;
        if (item.value() == null) {
            ignored++;
            return;
        }
        largestBytes = Math.max(largestBytes, item.value().length);
        record.begin(item.timestamp());
        String where = item.topic() + "-" + item.partition() + "@" + item.offset();
        Optional<Rejected> refused = input.decoder().decode(item.value(), record);
        if (refused.isPresent()) {
            refuse(List.of(refused.get()), where);
            return;
        }
        record.bySender().forEach(this::add);
        total.points += record.unnamedPoints();
        record.normalisedKinds().forEach((kind, count) -> normalised.merge(kind, (long) count, Long::sum));
        refuse(record.rejected(), where);
    }

    private void add(String sender, ItemCounts counts) {
        total.add(counts);
        String kept = senders.containsKey(sender) || senders.size() < MAX_SENDERS ? sender : OTHER_SENDERS;
        senders.computeIfAbsent(kept, name -> new ItemCounts()).add(counts);
    }

    private void refuse(List<Rejected> rejected, String where) {
        boolean lost = false;
        for (Rejected one : rejected) {
            if (!one.reason().isIgnored()) {
                refusals.add(one, where);
                lost = true;
            }
        }
        bad += lost ? 1 : 0;
        ignored += !lost && !rejected.isEmpty() ? 1 : 0;
    }

    void end(TopicState found, Slice read) {
        state = found;
        slice = read;
    }

    String topic() {
        return topic;
    }

    String format() {
        return input.format();
    }

    String signal() {
        return input.signal();
    }

    Map<String, String> tags() {
        return input.tags();
    }

    ItemCounts total() {
        return total;
    }

    /** The most talkative first. */
    List<Map.Entry<String, ItemCounts>> senders() {
        return senders.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().items()))
                .toList();
    }

    Refusals refusals() {
        return refusals;
    }

    Map<String, Long> normalised() {
        return normalised;
    }

    long records() {
        return records;
    }

    /** Records of which something was refused. */
    long bad() {
        return bad;
    }

    /** Records that hold nothing to read, which is no fault. */
    long ignored() {
        return ignored;
    }

    double badShare() {
        return share(bad, records);
    }

    int largestBytes() {
        return largestBytes;
    }

    Slice slice() {
        return slice;
    }

    TopicState state() {
        return state;
    }

    static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
