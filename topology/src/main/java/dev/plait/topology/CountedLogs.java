package dev.plait.topology;

import dev.plait.schemas.model.FrameItems;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which access logs without a trace ID were counted in the last {@code late-window}, by the hash of their content: a copy
 * that comes again is not counted again. One record of the store for each frame, eight bytes a log; on the heap about 50
 * more.
 */
final class CountedLogs {
    private final KeyValueStore<Long, byte[]> store;
    private final long rememberMs;
    private final Set<Long> known = new HashSet<>();
    private final List<Long> fresh = new ArrayList<>();
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long next;

    CountedLogs(KeyValueStore<Long, byte[]> store, long rememberMs) {
        this.store = store;
        this.rememberMs = rememberMs;
        try (KeyValueIterator<Long, byte[]> all = store.all()) {
            all.forEachRemaining(one -> {
                ByteBuffer in = ByteBuffer.wrap(one.value);
                long arrivalMs = in.getLong();
                List<Long> hashes = new ArrayList<>();
                while (in.hasRemaining()) {
                    hashes.add(in.getLong());
                }
                known.addAll(hashes);
                kept.add(new Kept(one.key, arrivalMs, hashes));
                next = one.key + 1;
            });
        }
    }

    /** Whether an item is the first of its content. Call {@link #commit} after the last of its frame. */
    boolean isFirst(FrameItems frame, int item) {
        long hash = frame.contentHash(item);
        if (known.add(hash)) {
            fresh.add(hash);
            return true;
        }
        return false;
    }

    /** Keeps what was first in a frame. */
    void commit(FrameItems frame) {
        if (fresh.isEmpty()) {
            return;
        }
        ByteBuffer value = ByteBuffer.allocate(Long.BYTES * (fresh.size() + 1)).putLong(frame.arrivalMs());
        fresh.forEach(value::putLong);
        store.put(next, value.array());
        kept.add(new Kept(next, frame.arrivalMs(), List.copyOf(fresh)));
        next++;
        fresh.clear();
    }

    /** Forgets what is too old to come again. */
    void expire(long clockMs) {
        while (!kept.isEmpty() && clockMs - rememberMs > kept.peek().arrivalMs) {
            Kept old = kept.remove();
            store.delete(old.key);
            old.hashes.forEach(known::remove);
        }
    }

    private record Kept(long key, long arrivalMs, List<Long> hashes) {}
}
