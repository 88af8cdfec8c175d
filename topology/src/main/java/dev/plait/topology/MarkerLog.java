package dev.plait.topology;

import dev.plait.correlator.trace.ClosedTrace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Markers of closed traces, written one sweep at a time under growing numbers. A sweep that does not fit one record takes
 * several numbers, of which the first names it.
 */
final class MarkerLog {
    private final KeyValueStore<Long, byte[]> store;
    private final Map<Long, Integer> partsOfLongSweeps = new HashMap<>();
    private long sweep;

    MarkerLog(KeyValueStore<Long, byte[]> store) {
        this.store = store;
    }

    /** Takes one marker and the sweep that it belongs to. */
    @FunctionalInterface
    interface Replay {
        void marker(long sweep, ClosedTrace marker);
    }

    /** Goes over all kept markers in the order they were written; call once, before the first append. */
    void replay(Replay replay) {
        try (KeyValueIterator<Long, byte[]> all = store.all()) {
            while (all.hasNext()) {
                var kept = all.next();
                MarkerCodec.Sweep read = MarkerCodec.read(kept.value);
                read.markers().forEach(marker -> replay.marker(read.number(), marker));
                if (kept.key != read.number()) {
                    partsOfLongSweeps.put(read.number(), (int) (kept.key - read.number()) + 1);
                }
                sweep = kept.key + 1;
            }
        }
    }

    /** The number of the sweep that the next append writes. */
    long sweep() {
        return sweep;
    }

    /** Writes what was closed in this sweep; without markers there is no sweep. */
    void append(List<ClosedTrace> closed) {
        if (closed.isEmpty()) {
            return;
        }
        List<byte[]> parts = MarkerCodec.write(sweep, closed);
        if (parts.size() > 1) {
            partsOfLongSweeps.put(sweep, parts.size());
        }
        for (byte[] part : parts) {
            store.put(sweep++, part);
        }
    }

    void delete(long number) {
        Integer parts = partsOfLongSweeps.remove(number);
        for (long part = number; part < number + (parts == null ? 1 : parts); part++) {
            store.delete(part);
        }
    }
}
