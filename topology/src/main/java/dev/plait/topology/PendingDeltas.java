package dev.plait.topology;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Deltas that came before the clock reached their arrival time, in the order of arrival: senders run freely, and what is
 * evaluated at a time must not depend on who ran ahead. Kept in a store until they are taken, so that a restart loses none.
 */
final class PendingDeltas {
    private static final Comparator<Waiting> BY_ARRIVAL =
            Comparator.comparingLong(Waiting::arrivalMs).thenComparingLong(Waiting::sequence);

    private final KeyValueStore<Long, byte[]> store;
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(BY_ARRIVAL);
    private long next;
    private long storedBytes;

    PendingDeltas(KeyValueStore<Long, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Long, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Long, byte[]> kept = all.next();
                queue.add(new Waiting(Delta.of(kept.value), kept.key));
                storedBytes += kept.value.length;
                next = kept.key + 1;
            }
        }
    }

    void add(byte[] bytes, Delta delta) {
        store.put(next, bytes);
        storedBytes += bytes.length;
        queue.add(new Waiting(delta, next));
        next++;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Arrival time of the first. */
    long firstMs() {
        return queue.element().arrivalMs();
    }

    /** Takes the first out. */
    Delta remove() {
        Waiting first = queue.remove();
        byte[] bytes = store.delete(first.sequence);
        storedBytes -= bytes.length;
        return first.delta;
    }

    long storedBytes() {
        return storedBytes;
    }

    private record Waiting(Delta delta, long sequence) {
        long arrivalMs() {
            return delta.arrivalMs();
        }
    }
}
