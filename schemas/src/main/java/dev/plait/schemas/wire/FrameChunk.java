package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.FrameLayout.*;

import dev.plait.schemas.model.Source;
import java.util.Arrays;

/**
 * One frame in the making: index, origins and body grow apart and are put together by {@link #seal}. Reused after
 * {@link #clear}; its arrays keep their size, so that writing an item is a few stores and one copy.
 */
final class FrameChunk {
    /** The next chunk of the same partition and record. */
    FrameChunk next;

    private byte[] index = new byte[16 * ENTRY_BYTES];
    private byte[] origins = new byte[4 * ORIGIN_BYTES];
    private byte[] body = new byte[4096];
    private int items;
    private int originCount;
    private int bodySize;
    private int lastResource;
    private int lastScope;

    FrameChunk() {
        clear();
    }

    void clear() {
        next = null;
        items = 0;
        originCount = 0;
        bodySize = 0;
        lastResource = -1;
        lastScope = -1;
    }

    int items() {
        return items;
    }

    /** Bytes of the frame that this becomes if nothing compresses, without header and tags. */
    int bytes() {
        return items * ENTRY_BYTES + originCount * ORIGIN_BYTES + bodySize;
    }

    /** Bytes that {@link #origin} will add for this origin. */
    int originBytes(int resource, int scope, SliceTable slices) {
        if (isLast(resource, scope)) {
            return 0;
        }
        int bytes = ORIGIN_BYTES;
        if (resource >= 0 && resource != lastResource) {
            bytes += slices.length(resource);
        }
        if (scope >= 0 && scope != lastScope) {
            bytes += slices.length(scope);
        }
        return bytes;
    }

    /**
     * The number of an origin, written unless it is the last one; both -1: no origin. A resource that stays while its scope
     * changes (or the other way round) is not written again. Interleaved ones are, as decoders hand over items resource by
     * resource.
     */
    int origin(int resource, int scope, SliceTable slices) {
        if (isLast(resource, scope)) {
            return resource < 0 && scope < 0 ? NO_ORIGIN : originCount - 1;
        }
        if (origins.length < (originCount + 1) * ORIGIN_BYTES) {
            origins = Arrays.copyOf(origins, origins.length * 2);
        }
        int at = originCount * ORIGIN_BYTES;
        slice(at + RESOURCE_OFFSET, resource, lastResource, slices);
        slice(at + SCOPE_OFFSET, scope, lastScope, slices);
        lastResource = resource;
        lastScope = scope;
        return originCount++;
    }

    /** An item without origin has always its place, and leaves the last origin as it is. */
    private boolean isLast(int resource, int scope) {
        return resource == lastResource && scope == lastScope || resource < 0 && scope < 0;
    }

    private void slice(int at, int slice, int last, SliceTable slices) {
        if (slice < 0) {
            putLong(origins, at, 0);
        } else if (slice == last) {
            putLong(origins, at, getLong(origins, at - ORIGIN_BYTES));
        } else {
            putInt(origins, at, bodySize);
            putInt(origins, at + 4, slices.length(slice));
            append(slices.bytes(slice), slices.offset(slice), slices.length(slice));
        }
    }

    /** Adds an item of an origin that {@link #origin} gave. {@code received} is its size before anything was cut. */
    void add(
            long high,
            long low,
            long spanId,
            long parentOrHash,
            int flags,
            int received,
            int origin,
            byte[] bytes,
            int offset,
            int length) {
        if (index.length < (items + 1) * ENTRY_BYTES) {
            index = Arrays.copyOf(index, index.length * 2);
        }
        int at = items * ENTRY_BYTES;
        putLong(index, at + HIGH, high);
        putLong(index, at + LOW, low);
        putLong(index, at + SPAN_ID, spanId);
        putLong(index, at + PARENT_OR_HASH, parentOrHash);
        putInt(index, at + OFFSET, bodySize);
        putInt(index, at + LENGTH, length);
        putInt(index, at + RECEIVED, received);
        putShort(index, at + FLAGS, flags);
        putShort(index, at + ORIGIN, origin);
        append(bytes, offset, length);
        items++;
    }

    private void append(byte[] bytes, int offset, int length) {
        if (body.length - bodySize < length) {
            body = Arrays.copyOf(body, Math.max(body.length * 2, bodySize + length));
        }
        System.arraycopy(bytes, offset, body, bodySize, length);
        bodySize += length;
    }

    /** The frame. */
    byte[] seal(int sender, long watermarkMs, long arrivalMs, Source source, byte[] tags, BodyCodec codec) {
        int compressed = codec.compress(body, bodySize);
        byte[] stored = compressed < 0 ? body : codec.scratch();
        int storedSize = compressed < 0 ? bodySize : compressed;
        int originsAt = HEADER_BYTES + items * ENTRY_BYTES;
        int tagsAt = originsAt + originCount * ORIGIN_BYTES;
        byte[] frame = new byte[tagsAt + tags.length + storedSize];
        frame[0] = VERSION;
        frame[BITS] = (byte) (compressed < 0 ? 0 : COMPRESSED);
        frame[SOURCE] = (byte) source.number();
        putInt(frame, SENDER, sender);
        putLong(frame, WATERMARK, watermarkMs);
        putLong(frame, ARRIVAL, arrivalMs);
        putInt(frame, ITEMS, items);
        putInt(frame, ORIGINS, originCount);
        putInt(frame, TAGS_BYTES, tags.length);
        putInt(frame, STORED_BYTES, storedSize);
        putInt(frame, BODY_BYTES, bodySize);
        System.arraycopy(index, 0, frame, HEADER_BYTES, items * ENTRY_BYTES);
        System.arraycopy(origins, 0, frame, originsAt, originCount * ORIGIN_BYTES);
        System.arraycopy(tags, 0, frame, tagsAt, tags.length);
        System.arraycopy(stored, 0, frame, tagsAt + tags.length, storedSize);
        return frame;
    }
}
