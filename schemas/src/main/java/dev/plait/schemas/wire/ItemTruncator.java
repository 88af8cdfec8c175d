package dev.plait.schemas.wire;

import java.util.Arrays;

/**
 * Cuts an OTLP message that is too large to carry, so that what is left is valid OTLP, keeps what identifies it, and says so
 * by an attribute {@value #MARK}.
 *
 * <p>All texts and bytes are cut to one length, the longest that lets the message fit, so that it is the largest that lose
 * and the small that stay. When there are too many small ones, what Plait does not know goes first, then attributes, events
 * and links beyond a number (the first ones stay). Rare and slow: it writes the message some ten times, in linear time each.
 */
final class ItemTruncator {
    static final String MARK = "plait.truncated";

    private static final int MIN_TEXT_BYTES = 64;
    private static final int MAX_DEPTH = 64;
    private static final int ALL = Integer.MAX_VALUE;

    private final ProtoWriter out = new ProtoWriter();
    private int limit;
    private int textBytes;
    private int elements;

    /** At most {@code limit} bytes, which are at least 2 KiB. Bytes that are no protobuf are cut where they go wrong. */
    byte[] truncate(OtlpShape shape, byte[] bytes, int offset, int length, int limit) {
        this.limit = limit;
        int end = offset + length;
        if (!fits(shape, bytes, offset, end, MIN_TEXT_BYTES, ALL)) {
            for (int most = 4096; !fits(shape, bytes, offset, end, MIN_TEXT_BYTES, most); most /= 4) {
                if (most == 0) {
                    throw new IllegalStateException("a message of numbers and short texts is larger than " + limit);
                }
            }
            return out.toByteArray();
        }
        int fitting = MIN_TEXT_BYTES;
        int tooLong = limit;
        while (tooLong - fitting > fitting / 64 + 1) {
            int middle = (fitting + tooLong) >>> 1;
            if (fits(shape, bytes, offset, end, middle, ALL)) {
                fitting = middle;
            } else {
                tooLong = middle;
            }
        }
        fits(shape, bytes, offset, end, fitting, ALL);
        return out.toByteArray();
    }

    private boolean fits(OtlpShape shape, byte[] bytes, int from, int to, int textBytes, int elements) {
        this.textBytes = textBytes;
        this.elements = elements;
        out.clear();
        write(shape, bytes, from, to, 0);
        return out.size() <= limit;
    }

    private void write(OtlpShape shape, byte[] bytes, int from, int to, int depth) {
        if (shape.attributes() > 0) {
            mark(shape.attributes());
        }
        int[] last = lastOfEach(shape, bytes, from, to);
        int[] counts = new int[last.length];
        ProtoReader reader = new ProtoReader().reset(bytes, from, to - from);
        // no message from where it went wrong; nothing more once it is too large
        while (reader.position() < last[0] && out.size() <= limit) {
            int start = reader.position();
            int tag = reader.tag();
            int field = ProtoReader.field(tag);
            OtlpShape.Kind kind = shape.kind(field);
            boolean keep = switch (kind) {
                case UNKNOWN -> elements == ALL;
                case MANY -> counts[field]++ < elements;
                default -> last[field] == start;
            };
            if (keep) {
                field(shape, kind, tag, reader, depth);
            } else {
                reader.skip(tag);
            }
        }
    }

    private void mark(int field) {
        int attribute = out.begin(field);
        out.text(1, MARK);
        int value = out.begin(2);
        out.varint(2, 1);
        out.end(value);
        out.end(attribute);
    }

    /** Where the last field of each number starts; at 0, where the readable fields end. */
    private static int[] lastOfEach(OtlpShape shape, byte[] bytes, int from, int to) {
        int[] last = new int[OtlpShape.FIELDS];
        Arrays.fill(last, -1);
        ProtoReader reader = new ProtoReader().reset(bytes, from, to - from);
        last[0] = from;
        try {
            while (reader.hasNext()) {
                int start = reader.position();
                int tag = reader.tag();
                int field = ProtoReader.field(tag);
                reader.skip(tag);
                last[0] = reader.position();
                if (shape.kind(field) != OtlpShape.Kind.UNKNOWN) {
                    last[field] = start;
                }
            }
        } catch (Malformed wrong) {
            return last;
        }
        return last;
    }

    private void field(OtlpShape shape, OtlpShape.Kind kind, int tag, ProtoReader reader, int depth) {
        int field = ProtoReader.field(tag);
        switch (ProtoReader.wireType(tag)) {
            case ProtoReader.VARINT -> out.varint(field, reader.varint());
            case ProtoReader.FIXED64 -> out.fixed64(field, reader.fixed64());
            case ProtoReader.FIXED32 -> out.fixed32(field, reader.fixed32());
            case ProtoReader.LEN -> {
                int length = reader.length();
                int start = reader.position();
                reader.advance(length);
                slice(shape, kind, field, reader.bytes(), start, length, depth);
            }
            default -> reader.skip(tag);
        }
    }

    private void slice(
            OtlpShape shape, OtlpShape.Kind kind, int field, byte[] bytes, int start, int length, int depth) {
        switch (kind) {
            case UNKNOWN, WHOLE -> {
                if (length <= textBytes) {
                    out.bytes(field, bytes, start, length);
                }
            }
            case BYTES -> out.bytes(field, bytes, start, Math.min(length, textBytes));
            case TEXT -> out.bytes(field, bytes, start, length <= textBytes ? length : wholeCharacters(bytes, start));
            case ONE, MANY -> {
                if (depth < MAX_DEPTH) {
                    int message = out.begin(field);
                    write(shape.message(field), bytes, start, start + length, depth + 1);
                    out.end(message);
                }
            }
        }
    }

    /** Bytes of the UTF-8 at {@code start} that end with a character and are at most {@link #textBytes}. */
    private int wholeCharacters(byte[] utf8, int start) {
        int length = textBytes;
        while (length > 0 && (utf8[start + length] & 0xc0) == 0x80) {
            length--;
        }
        return length;
    }
}
