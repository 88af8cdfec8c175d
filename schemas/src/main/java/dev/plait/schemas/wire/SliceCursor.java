package dev.plait.schemas.wire;

/**
 * Walks over the fields of one protobuf message that was checked before: every field is read, whatever it is, and the caller
 * looks at those it knows. Where the encoding breaks off the message ends. Not thread safe.
 */
final class SliceCursor {
    private final ProtoReader reader = new ProtoReader();
    private int tag;
    private int start;
    private int length;
    private long number;

    SliceCursor reset(byte[] bytes, int offset, int length) {
        reader.reset(bytes, offset, length);
        return this;
    }

    /** Goes to the next field; false at the end. */
    boolean next() {
        if (!reader.hasNext()) {
            return false;
        }
        try {
            tag = reader.tag();
            switch (ProtoReader.wireType(tag)) {
                case ProtoReader.VARINT -> number = reader.varint();
                case ProtoReader.FIXED64 -> number = reader.fixed64();
                case ProtoReader.FIXED32 -> number = reader.fixed32();
                case ProtoReader.LEN -> {
                    length = reader.length();
                    start = reader.position();
                    reader.advance(length);
                }
                default -> reader.skip(tag);
            }
            return true;
        } catch (Malformed brokenOff) {
            reader.reset(reader.bytes(), reader.end(), 0);
            return false;
        }
    }

    /** Field number and wire type: compared with {@code number << 3 | type}, so that a field of another type is unknown. */
    int tag() {
        return tag;
    }

    /** Where the next field starts. */
    int position() {
        return reader.position();
    }

    byte[] bytes() {
        return reader.bytes();
    }

    /** Where a field of bytes starts. */
    int start() {
        return start;
    }

    /** The length of a field of bytes. */
    int length() {
        return length;
    }

    /** The value of a numeric field. */
    long number() {
        return number;
    }
}
