package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.FrameLayout.*;

import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.Source;
import java.util.ArrayDeque;
import java.util.Map;

/**
 * The frames of one input record: its items spread over the partitions of the next hop. For each record {@link #start},
 * then resources, scopes and items in any order, then {@link #drain}.
 *
 * <p>Hot path: adding an item allocates nothing once the buffers have grown (they are kept: at most about 512 KiB per
 * partition), draining allocates the frames alone. A frame is at most {@value #MAX_FRAME_BYTES} bytes, also before
 * compression; a partition that gets more in one record gets several. Not thread safe.
 */
public final class FrameSet {
    /** No resource, or no scope. */
    public static final int NONE = -1;

    /** The most that one frame takes. */
    public static final int MAX_FRAME_BYTES = FrameLayout.MAX_FRAME_BYTES;

    /** A larger item is cut, which its flags and an attribute tell. */
    public static final int MAX_ITEM_BYTES = 256 * 1024;

    /** A larger resource or scope is cut, which an attribute of it tells; so any item fits a frame with its origin. */
    public static final int MAX_ORIGIN_BYTES = 64 * 1024;

    private final FrameChunk[] first;
    private final FrameChunk[] last;
    private final ArrayDeque<FrameChunk> free = new ArrayDeque<>();
    private final SliceTable slices = new SliceTable();
    private final BodyCodec codec = new BodyCodec();
    private Source source = Source.OTLP;
    private Map<String, String> tags = Map.of();
    private byte[] tagBytes = new byte[0];

    public FrameSet(int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("there is at least one partition, not " + partitions);
        }
        first = new FrameChunk[partitions];
        last = new FrameChunk[partitions];
    }

    /**
     * Begins a record and forgets what was not drained of the one before.
     *
     * @throws IllegalArgumentException when the tags take more than 16 KiB
     */
    public void start(Source source, Map<String, String> tags) {
        forget();
        this.source = source;
        if (!tags.equals(this.tags)) {
            tagBytes = FrameTags.encode(tags);
            this.tags = Map.copyOf(tags);
        }
    }

    /** Bytes of an OTLP {@code Resource}, kept by reference until the record is drained; the result goes to {@link #add}. */
    public int resource(byte[] bytes, int offset, int length) {
        return origin(OtlpShape.RESOURCE, bytes, offset, length);
    }

    /** Bytes of an OTLP {@code InstrumentationScope}, kept by reference until the record is drained. */
    public int scope(byte[] bytes, int offset, int length) {
        return origin(OtlpShape.SCOPE, bytes, offset, length);
    }

    private int origin(OtlpShape shape, byte[] bytes, int offset, int length) {
        if (length <= MAX_ORIGIN_BYTES) {
            return slices.add(bytes, offset, length);
        }
        byte[] cut = new ItemTruncator().truncate(shape, bytes, offset, length, MAX_ORIGIN_BYTES);
        return slices.add(cut, 0, cut.length);
    }

    /**
     * Copies one item; parameters as in a frame's index.
     *
     * @param resource what {@link #resource} gave for this record, or {@link #NONE}
     * @param scope what {@link #scope} gave for this record, or {@link #NONE}
     */
    public void add(
            int partition,
            long high,
            long low,
            long spanId,
            long parentOrHash,
            int flags,
            int resource,
            int scope,
            byte[] bytes,
            int offset,
            int length) {
        int bits = flags;
        byte[] source = bytes;
        int from = offset;
        int size = length;
        if (length > MAX_ITEM_BYTES) {
            OtlpShape shape = OtlpShape.ofSignal(ItemFlags.signal(flags));
            source = new ItemTruncator().truncate(shape, bytes, offset, length, MAX_ITEM_BYTES);
            bits |= ItemFlags.TRUNCATED;
            from = 0;
            size = source.length;
        }
        FrameChunk chunk = chunk(partition, resource, scope, size);
        int origin = chunk.origin(resource, scope, slices);
        chunk.add(high, low, spanId, parentOrHash, bits, length, origin, source, from, size);
    }

    /** The chunk of {@code partition}, with room for an item of {@code length} bytes and its origin. */
    private FrameChunk chunk(int partition, int resource, int scope, int length) {
        FrameChunk chunk = last[partition];
        if (chunk == null) {
            chunk = emptyChunk();
            first[partition] = chunk;
            last[partition] = chunk;
            return chunk;
        }
        int more = ENTRY_BYTES + length + chunk.originBytes(resource, scope, slices);
        if (HEADER_BYTES + tagBytes.length + chunk.bytes() + more > MAX_FRAME_BYTES) {
            chunk.next = emptyChunk();
            chunk = chunk.next;
            last[partition] = chunk;
        }
        return chunk;
    }

    private FrameChunk emptyChunk() {
        return free.isEmpty() ? new FrameChunk() : free.pop();
    }

    /**
     * Hands over the frames, in order of partition and within one in order of adding, and forgets them.
     *
     * @param sender code of a {@link Sender}
     * @param watermarkMs everything that this sender sends later arrived no earlier; {@link Frame#IDLE} when it has nothing
     * @param arrivalMs when the record arrived
     */
    public void drain(int sender, long watermarkMs, long arrivalMs, FrameConsumer out) {
        for (int partition = 0; partition < first.length; partition++) {
            for (FrameChunk chunk = first[partition]; chunk != null; chunk = chunk.next) {
                out.accept(partition, chunk.seal(sender, watermarkMs, arrivalMs, source, tagBytes, codec));
            }
        }
        forget();
    }

    private void forget() {
        for (int partition = 0; partition < first.length; partition++) {
            FrameChunk chunk = first[partition];
            while (chunk != null) {
                FrameChunk next = chunk.next;
                chunk.clear();
                free.push(chunk);
                chunk = next;
            }
            first[partition] = null;
            last[partition] = null;
        }
        slices.clear();
    }
}
