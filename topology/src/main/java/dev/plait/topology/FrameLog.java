package dev.plait.topology;

import dev.plait.schemas.wire.Frame;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Frames under growing sequence numbers: appended, read, deleted, never changed. The store's changelog makes it durable.
 * Traces that close at about the same time share frames, so the frames read last are kept unpacked, up to
 * {@link #MAX_UNPACKED_BYTES}.
 *
 * <p>A frame that is kept and not yet added has the clock it came with beside it, under {@code -1 - sequence}, so that after
 * a restart it is added, and counted, then.
 */
final class FrameLog {
    static final long MAX_UNPACKED_BYTES = 32 * 1024 * 1024;

    private final KeyValueStore<Long, byte[]> store;
    private final Map<Long, Frame> unpacked = new LinkedHashMap<>(64, 0.75f, true);
    private long unpackedBytes;
    private long storedBytes;
    private long next;

    FrameLog(KeyValueStore<Long, byte[]> store) {
        this.store = store;
    }

    /** Takes one kept frame. */
    @FunctionalInterface
    interface Replay {
        void frame(long sequence, Frame frame);
    }

    /** Takes one kept frame that is not yet added, and the clock it came with. */
    @FunctionalInterface
    interface ReplayWaiting {
        void frame(long sequence, long clockMs, Frame frame);
    }

    /** Goes over all kept frames in order, those that wait last; call once, before the first append. */
    void replay(Replay replay, ReplayWaiting replayWaiting) {
        TreeMap<Long, Long> clocks = new TreeMap<>();
        // negative keys: big endian, so they come after the others
        try (KeyValueIterator<Long, byte[]> marks = store.range(Long.MIN_VALUE, -1L)) {
            marks.forEachRemaining(mark ->
                    clocks.put(-1 - mark.key, ByteBuffer.wrap(mark.value).getLong()));
        }
        try (KeyValueIterator<Long, byte[]> all = store.range(0L, Long.MAX_VALUE)) {
            while (all.hasNext()) {
                KeyValue<Long, byte[]> kept = all.next();
                storedBytes += kept.value.length;
                next = Math.max(next, kept.key + 1);
                if (!clocks.containsKey(kept.key)) {
                    replay.frame(kept.key, Frame.of(kept.value));
                }
            }
        }
        clocks.forEach((sequence, clockMs) -> replayWaiting.frame(sequence, clockMs, Frame.of(store.get(sequence))));
    }

    /** Remembers that a kept frame is not yet added. */
    void putWaiting(long sequence, long clockMs) {
        store.put(
                -1 - sequence, ByteBuffer.allocate(Long.BYTES).putLong(clockMs).array());
    }

    /** It is added now. */
    void deleteWaiting(long sequence) {
        store.delete(-1 - sequence);
    }

    /** Never gives out a number below {@code sequence}: markers outlive the frames that they speak of. */
    void startAt(long sequence) {
        next = Math.max(next, sequence);
    }

    /** Reserves the number for a frame that {@link #put} will keep. */
    long nextSequence() {
        return next++;
    }

    /** Bytes of all kept frames. */
    long storedBytes() {
        return storedBytes;
    }

    /** Keeps a new frame. */
    void put(long sequence, byte[] frame) {
        store.put(sequence, frame);
        storedBytes += frame.length;
    }

    /** Keeps less of a frame. */
    void replace(long sequence, byte[] frame) {
        delete(sequence);
        put(sequence, frame);
    }

    /** @throws IllegalStateException when the frame was deleted: it was freed too early */
    Frame frame(long sequence) {
        Frame cached = unpacked.get(sequence);
        if (cached != null) {
            return cached;
        }
        byte[] bytes = store.get(sequence);
        if (bytes == null) {
            throw new IllegalStateException("frame " + sequence + " is needed and no longer kept");
        }
        Frame frame = Frame.of(bytes);
        unpacked.put(sequence, frame);
        unpackedBytes += charge(frame);
        Iterator<Map.Entry<Long, Frame>> eldest = unpacked.entrySet().iterator();
        while (unpackedBytes > MAX_UNPACKED_BYTES && unpacked.size() > 1) {
            unpackedBytes -= charge(eldest.next().getValue());
            eldest.remove();
        }
        return frame;
    }

    void delete(long sequence) {
        byte[] deleted = store.delete(sequence);
        storedBytes -= deleted == null ? 0 : deleted.length;
        Frame cached = unpacked.remove(sequence);
        if (cached != null) {
            unpackedBytes -= charge(cached);
        }
    }

    /** The body, and about what an unpacked frame takes besides. */
    private static long charge(Frame frame) {
        return frame.bodyBytes() + 2048L;
    }
}
