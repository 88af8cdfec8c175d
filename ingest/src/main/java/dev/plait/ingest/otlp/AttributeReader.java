package dev.plait.ingest.otlp;

import dev.plait.schemas.wire.ProtoReader;

/**
 * Reads one attribute, an OTLP {@code KeyValue}: checks all of it and remembers which key it was and where its value lies, as
 * offsets. Hot path: the usual attribute, key then a scalar with lengths below 128, is taken in one go, and when all its bytes
 * are ASCII so are its texts; anything else goes through {@link StructureCheck}.
 *
 * <p>Repeated singular fields as protobuf has them: the last key and the last set member of the value win.
 */
final class AttributeReader {
    /** What {@link #kind} answers: the field number of the value's member in AnyValue. */
    static final int UNSET = 0;

    static final int STRING = 1;
    static final int BOOL = 2;
    static final int INT = 3;
    static final int DOUBLE = 4;
    static final int ARRAY = 5;

    /** A longer key is no name: such an item is refused. */
    static final int MAX_KEY_BYTES = 4096;

    private static final int KEY = 1 << 3 | ProtoReader.LEN;
    private static final int VALUE = 2 << 3 | ProtoReader.LEN;
    private static final int STRING_VALUE = STRING << 3 | ProtoReader.LEN;
    private static final int BOOL_VALUE = BOOL << 3 | ProtoReader.VARINT;
    private static final int INT_VALUE = INT << 3 | ProtoReader.VARINT;
    private static final int DOUBLE_VALUE = DOUBLE << 3 | ProtoReader.FIXED64;
    private static final int LIST_VALUES = 1 << 3 | ProtoReader.LEN;

    private final StructureCheck check;
    private final ProtoReader reader = new ProtoReader();
    private byte[] bytes = new byte[0];
    private int keyOffset;
    private int keyLength;
    private int kind;
    private int offset;
    private int length;
    private long number;
    private boolean plain;

    /** {@code check} is told of texts that are not UTF-8. */
    AttributeReader(StructureCheck check) {
        this.check = check;
    }

    /** Reads {@code size} bytes from {@code at}. */
    void read(byte[] in, int at, int size) {
        bytes = in;
        plain = readPlain(at, at + size);
        if (!plain) {
            check.message(OtlpSchema.KEY_VALUE, in, at, size);
            readAny(at, size);
        }
    }

    /** Whether it is the usual attribute: one key, then one scalar or nothing. */
    boolean isPlain() {
        return plain;
    }

    KnownKey key() {
        return KnownKey.of(bytes, keyOffset, keyLength);
    }

    int keyOffset() {
        return keyOffset;
    }

    int keyLength() {
        return keyLength;
    }

    int kind() {
        return kind;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Of the value's bytes, when it is a text or a list. */
    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** A bool, an int, or the bits of a double. */
    long number() {
        return number;
    }

    private boolean readPlain(int at, int end) {
        byte[] in = bytes;
        if (end - at < 4 || in[at] != KEY || in[at + 1] < 0) {
            return false;
        }
        keyOffset = at + 2;
        keyLength = in[at + 1];
        int value = keyOffset + keyLength;
        if (end - value < 2 || in[value] != VALUE || in[value + 1] != end - value - 2) {
            return false;
        }
        value += 2;
        if (value == end) {
            kind = UNSET;
        } else if (!readScalar(value, end)) {
            return false;
        }
        if (!Utf8.isAscii(in, at, end)) {
            check.text(in, keyOffset, keyLength);
            if (kind == STRING) {
                check.text(in, offset, length);
            }
        }
        return true;
    }

    private boolean readScalar(int at, int end) {
        byte[] in = bytes;
        switch (in[at]) {
            case STRING_VALUE -> {
                if (end - at < 2 || in[at + 1] != end - at - 2) {
                    return false;
                }
                kind = STRING;
                offset = at + 2;
                length = end - at - 2;
            }
            case INT_VALUE -> {
                if (end - at == 2 && in[at + 1] >= 0) {
                    number = in[at + 1];
                } else if (end - at == 3 && in[at + 1] < 0 && in[at + 2] >= 0) {
                    number = in[at + 1] & 0x7f | in[at + 2] << 7;
                } else {
                    return false;
                }
                kind = INT;
            }
            case BOOL_VALUE -> {
                if (end - at != 2 || in[at + 1] < 0) {
                    return false;
                }
                kind = BOOL;
                number = in[at + 1];
            }
            case DOUBLE_VALUE -> {
                if (end - at != 9) {
                    return false;
                }
                kind = DOUBLE;
                number = Long.reverseBytes(ProtoReader.bigEndian(in, at + 1));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What {@link StructureCheck} has passed, in any order and any number. */
    private void readAny(int at, int size) {
        keyOffset = at;
        keyLength = 0;
        kind = UNSET;
        reader.reset(bytes, at, size);
        while (reader.hasNext()) {
            int tag = reader.tag();
            if (tag == KEY) {
                keyLength = reader.length();
                keyOffset = reader.position();
                reader.advance(keyLength);
            } else if (tag == VALUE) {
                int end = reader.length() + reader.position();
                while (reader.position() < end) {
                    readMember(reader.tag());
                }
            } else {
                reader.skip(tag);
            }
        }
    }

    private void readMember(int tag) {
        int member = ProtoReader.field(tag);
        if (member > 7) {
            reader.skip(tag);
            return;
        }
        kind = member;
        switch (ProtoReader.wireType(tag)) {
            case ProtoReader.VARINT -> number = reader.varint();
            case ProtoReader.FIXED64 -> number = reader.fixed64();
            default -> {
                length = reader.length();
                offset = reader.position();
                reader.advance(length);
            }
        }
    }

    /** The first text of a list, as captured headers are lists; a text is left as it is. False when there is none. */
    boolean intoFirstText() {
        if (kind == ARRAY) {
            int end = offset + length;
            kind = UNSET;
            reader.reset(bytes, offset, length);
            while (kind != STRING && reader.position() < end) {
                int tag = reader.tag();
                if (tag == LIST_VALUES) {
                    int valueEnd = reader.length() + reader.position();
                    while (reader.position() < valueEnd) {
                        readMember(reader.tag());
                    }
                } else {
                    reader.skip(tag);
                }
            }
        }
        return kind == STRING && length > 0;
    }

    /** A whole number of 0 to 9999, as int, double or decimal text, the forms in which status codes come; else -1. */
    int code() {
        switch (kind) {
            case INT -> {
                return number >= 0 && number <= 9999 ? (int) number : -1;
            }
            case DOUBLE -> {
                double value = Double.longBitsToDouble(number);
                return value >= 0 && value <= 9999 && value == Math.rint(value) ? (int) value : -1;
            }
            case STRING -> {
                return decimal(bytes, offset, length);
            }
            default -> {
                return -1;
            }
        }
    }

    /** A number of at most four digits, or -1. */
    static int decimal(byte[] text, int offset, int length) {
        if (length < 1 || length > 4) {
            return -1;
        }
        int value = 0;
        for (int i = offset; i < offset + length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
