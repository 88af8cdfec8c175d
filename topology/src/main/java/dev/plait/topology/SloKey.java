package dev.plait.topology;

import dev.plait.correlator.slo.SloTracker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * An SLO, or one group of it.
 *
 * @param text its key on {@code plait-slo}
 */
record SloKey(String slo, Map<String, String> group, String text) {
    private static final String OVERFLOW = "otel.metric.overflow";

    SloKey(String slo, Map<String, String> group) {
        this(slo, Map.copyOf(group), SloTracker.key(slo, group));
    }

    /** The window task that keeps it. */
    int partition(int partitions) {
        return PartitionKey.of(text, partitions);
    }

    boolean isOverflow() {
        return group.containsKey(OVERFLOW);
    }

    /** Where groups beyond the limit of a task are counted together. */
    SloKey overflow(int partition) {
        return new SloKey(slo, Map.of(OVERFLOW, "true", "partition", Integer.toString(partition)));
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(slo);
        out.writeByte(group.size());
        for (Map.Entry<String, String> label : new TreeMap<>(group).entrySet()) {
            out.writeUTF(label.getKey());
            out.writeUTF(label.getValue());
        }
    }

    static SloKey read(DataInput in) throws IOException {
        String slo = in.readUTF();
        int labels = in.readUnsignedByte();
        Map<String, String> group = new TreeMap<>();
        for (int i = 0; i < labels; i++) {
            group.put(in.readUTF(), in.readUTF());
        }
        return new SloKey(slo, group);
    }
}
