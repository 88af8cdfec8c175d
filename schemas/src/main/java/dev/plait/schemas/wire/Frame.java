package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.FrameLayout.*;

import dev.plait.schemas.model.FrameItems;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.Source;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;

/**
 * The items of one input record for one partition of the next hop, as they travel on Kafka, wait in the store and go to its
 * changelog. The index is read where it lies; the body is decompressed when something in it is first asked for, and then
 * kept: who keeps many frames keeps their bytes, not their {@code Frame}s. Not thread safe.
 *
 * <table>
 * <caption>Layout, version 1; all numbers little endian</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>0</td><td>1</td><td>version, 1</td></tr>
 * <tr><td>1</td><td>1</td><td>bits: 1 = the body is one lz4 block, else it is stored as it is</td></tr>
 * <tr><td>2</td><td>1</td><td>{@link Source}, its ordinal</td></tr>
 * <tr><td>3</td><td>1</td><td>zero</td></tr>
 * <tr><td>4</td><td>4</td><td>code of the {@link Sender}</td></tr>
 * <tr><td>8</td><td>8</td><td>the sender's watermark, milliseconds, or {@link #IDLE}</td></tr>
 * <tr><td>16</td><td>8</td><td>arrival of the input record, milliseconds</td></tr>
 * <tr><td>24</td><td>4</td><td>n, the number of items</td></tr>
 * <tr><td>28</td><td>4</td><td>o, the number of origins, below 65 535</td></tr>
 * <tr><td>32</td><td>4</td><td>t, bytes of the tags</td></tr>
 * <tr><td>36</td><td>4</td><td>s, bytes of the body as stored</td></tr>
 * <tr><td>40</td><td>4</td><td>bytes of the body</td></tr>
 * <tr><td>44</td><td>48 n</td><td>the index, an entry per item: trace ID high (8) and low (8), span ID (8), parent span ID or
 *     content hash (8), offset in the body (4), length in the body (4), bytes as received (4), {@link ItemFlags} (2), number
 *     of the origin (2; 65 535 for none)</td></tr>
 * <tr><td></td><td>16 o</td><td>origins: of an OTLP {@code Resource} offset (4) and length (4) in the body, then the same of an
 *     {@code InstrumentationScope}; length 0 for none</td></tr>
 * <tr><td></td><td>t</td><td>tags by name: name and value, each a length (2) and UTF-8</td></tr>
 * <tr><td></td><td>s</td><td>the body: resources, scopes and items (OTLP {@code Span}, {@code LogRecord}, {@code Metric} with
 *     one exemplar; nothing for an announcement), end to end</td></tr>
 * </table>
 *
 * <p>A frame is at most 512 KiB, also with its body decompressed. Only Plait writes frames, and Kafka guards their bytes with
 * checksums; so one that breaks the layout is a bug, and every way of breaking it is a {@link CorruptFrame}.
 */
public final class Frame implements FrameItems {
    /** The watermark of a sender that has nothing to send. */
    public static final long IDLE = Long.MIN_VALUE;

    private final byte[] bytes;
    private final int items;
    private final int originsAt;
    private final int tagsAt;
    private final int bodyAt;

    /** Decoded origins by number, then that of items without one: filled by {@link SliceReader}. */
    private final Origin[] origins;

    /** The decompressed body, or {@link #bytes} when it is stored as it is; null until it is asked for. */
    private byte[] body;

    private Map<String, String> tags;

    private Frame(byte[] bytes, int items, int originsAt, int tagsAt, int bodyAt) {
        this.bytes = bytes;
        this.items = items;
        this.originsAt = originsAt;
        this.tagsAt = tagsAt;
        this.bodyAt = bodyAt;
        this.origins = new Origin[(tagsAt - originsAt) / ORIGIN_BYTES + 1];
    }

    /**
     * Reads a frame in place: {@code bytes} must not change. Checks every offset in it, in O(items).
     *
     * @throws CorruptFrame when the bytes are no frame, which is a bug
     */
    public static Frame of(byte[] bytes) {
        int[] ends = FrameCheck.sections(bytes);
        return new Frame(bytes, getInt(bytes, ITEMS), ends[0], ends[1], ends[2]);
    }

    /** A frame without items: its sender is alive, and everything that it sends later arrived at the watermark or after. */
    public static byte[] tick(int sender, long watermarkMs) {
        byte[] bytes = new byte[HEADER_BYTES];
        bytes[0] = VERSION;
        stamp(bytes, sender, watermarkMs, watermarkMs);
        return bytes;
    }

    private static void stamp(byte[] frame, int sender, long watermarkMs, long arrivalMs) {
        putInt(frame, SENDER, sender);
        putLong(frame, WATERMARK, watermarkMs);
        putLong(frame, ARRIVAL, arrivalMs);
    }

    /** Code of the {@link Sender}. */
    public int sender() {
        return getInt(bytes, SENDER);
    }

    /** Everything that the sender sends later arrived at this time or after; {@link #IDLE} when it has nothing to send. */
    public long watermarkMs() {
        return getLong(bytes, WATERMARK);
    }

    @Override
    public long arrivalMs() {
        return getLong(bytes, ARRIVAL);
    }

    public Source source() {
        return Source.ofNumber(bytes[SOURCE]);
    }

    /** The static tags of the source, by name. */
    public Map<String, String> tags() {
        if (tags == null) {
            tags = FrameTags.decode(bytes, tagsAt, tagsAt + getInt(bytes, TAGS_BYTES));
        }
        return tags;
    }

    @Override
    public int size() {
        return items;
    }

    @Override
    public long traceHigh(int item) {
        return getLong(bytes, entry(item) + HIGH);
    }

    @Override
    public long traceLow(int item) {
        return getLong(bytes, entry(item) + LOW);
    }

    @Override
    public long spanId(int item) {
        return getLong(bytes, entry(item) + SPAN_ID);
    }

    @Override
    public long parentSpanId(int item) {
        return getLong(bytes, entry(item) + PARENT_OR_HASH);
    }

    @Override
    public long contentHash(int item) {
        return getLong(bytes, entry(item) + PARENT_OR_HASH);
    }

    @Override
    public int flags(int item) {
        return getShort(bytes, entry(item) + FLAGS);
    }

    @Override
    public int sizeBytes(int item) {
        return getInt(bytes, entry(item) + RECEIVED);
    }

    /**
     * The bytes that {@link #offset}, {@link #resourceOffset} and {@link #scopeOffset} count in; not to be written to.
     *
     * @throws CorruptFrame when the lz4 block is corrupt
     */
    public byte[] body() {
        if (body == null) {
            body = isCompressed()
                    ? BodyCodec.decompress(bytes, bodyAt, getInt(bytes, STORED_BYTES), getInt(bytes, BODY_BYTES))
                    : bytes;
        }
        return body;
    }

    /** Bytes that {@link #body} takes on the heap once it was asked for. */
    public int bodyBytes() {
        return getInt(bytes, BODY_BYTES);
    }

    /** Where an item starts in {@link #body}. */
    public int offset(int item) {
        return bodyStart() + getInt(bytes, entry(item) + OFFSET);
    }

    /** Bytes of an item in {@link #body}: fewer than {@link #sizeBytes} when it is {@link ItemFlags#TRUNCATED}. */
    public int length(int item) {
        return getInt(bytes, entry(item) + LENGTH);
    }

    /** Where the OTLP {@code Resource} of an item starts in {@link #body}. */
    public int resourceOffset(int item) {
        return bodyStart() + ofOrigin(item, RESOURCE_OFFSET);
    }

    /** Bytes of an item's resource, 0 when it has none. */
    public int resourceLength(int item) {
        return ofOrigin(item, RESOURCE_LENGTH);
    }

    /** Where the OTLP {@code InstrumentationScope} of an item starts in {@link #body}. */
    public int scopeOffset(int item) {
        return bodyStart() + ofOrigin(item, SCOPE_OFFSET);
    }

    /** Bytes of an item's scope, 0 when it has none. */
    public int scopeLength(int item) {
        return ofOrigin(item, SCOPE_LENGTH);
    }

    /**
     * This frame with the bytes of some items dropped: their entries stay, of length 0 and with {@link
     * ItemFlags#TRUNCATED}; so all items keep their numbers.
     */
    public byte[] without(BitSet dropped) {
        return new FrameCopy(this).without(dropped);
    }

    /** This frame as if another had sent it: for frames whose writer is not a task of the topology. */
    public byte[] stamped(int sender, long watermarkMs, long arrivalMs) {
        byte[] copy = bytes.clone();
        stamp(copy, sender, watermarkMs, arrivalMs);
        return copy;
    }

    /** This frame with more bits of {@link ItemFlags} set on some items. */
    public byte[] marked(BitSet marked, int flags) {
        byte[] copy = bytes.clone();
        for (int item = marked.nextSetBit(0); item >= 0; item = marked.nextSetBit(item + 1)) {
            putShort(copy, entry(item) + FLAGS, flags(item) | flags);
        }
        return copy;
    }

    byte[] tagBytes() {
        return Arrays.copyOfRange(bytes, tagsAt, bodyAt);
    }

    /** A place to keep the decoded origin of an item: the same one for all items that share it. */
    Origin cachedOrigin(int item) {
        return origins[originSlot(item)];
    }

    void cacheOrigin(int item, Origin origin) {
        origins[originSlot(item)] = origin;
    }

    private int originSlot(int item) {
        int number = originNumber(item);
        return number == NO_ORIGIN ? origins.length - 1 : number;
    }

    int originNumber(int item) {
        return getShort(bytes, entry(item) + ORIGIN);
    }

    private int ofOrigin(int item, int field) {
        int number = originNumber(item);
        return number == NO_ORIGIN ? 0 : getInt(bytes, originsAt + number * ORIGIN_BYTES + field);
    }

    private int entry(int item) {
        return HEADER_BYTES + Objects.checkIndex(item, items) * ENTRY_BYTES;
    }

    private int bodyStart() {
        return isCompressed() ? 0 : bodyAt;
    }

    private boolean isCompressed() {
        return (bytes[BITS] & COMPRESSED) != 0;
    }
}
