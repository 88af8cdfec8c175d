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
 * Which logs without a trace ID were counted in the last {@code late-window}, by the hash of their content: a copy
 * that comes again is not counted again. One record of the store for each frame, eight bytes a log; on the heap about 50
 * more. Of more logs than its limit the oldest are forgotten early, a frame at a time.
 */
final class CountedLogs {
    /** Of one task: some 60 MB, and 1600 logs a second for ten minutes. */
    static final int MOST = 1_000_000;

    private final KeyValueStore<Long, byte[]> store;
    private final long rememberMs;
    private final int most;
    private final Set<Long> known = new HashSet<>();
    private final List<Long> fresh = new ArrayList<>();
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long next;

    CountedLogs(KeyValueStore<Long, byte[]> store, long rememberMs, int most) {
        this.store = store;
        this.rememberMs = rememberMs;
        this.most = most;
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

    /** Keeps what was first in a frame. Returns how many are forgotten before their time for it. */
    int commit(FrameItems frame) {
        if (fresh.isEmpty()) {
            return 0;
        }
        ByteBuffer value = ByteBuffer.allocate(Long.BYTES * (fresh.size() + 1)).putLong(frame.arrivalMs());
        fresh.forEach(value::putLong);
        store.put(next, value.array());
        kept.add(new Kept(next, frame.arrivalMs(), List.copyOf(fresh)));
        next++;
        fresh.clear();
        int forgotten = 0;
        while (known.size() > most && kept.size() > 1) {
            forgotten += kept.peek().hashes.size();
            forgetOldest();
        }
        return forgotten;
    }

    /** Forgets what is too old to come again. */
    void expire(long clockMs) {
        while (!kept.isEmpty() && clockMs - rememberMs > kept.peek().arrivalMs) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Kept old = kept.remove();
        store.delete(old.key);
        old.hashes.forEach(known::remove);
    }

    private record Kept(long key, long arrivalMs, List<Long> hashes) {}
}
