package dev.plait.ingest.otlp;

import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.Malformed.Reason;
import dev.plait.schemas.wire.ProtoReader;

/**
 * Checks that bytes are an OTLP message through and through: encoding, wire types of known fields, UTF-8 of texts, depth of
 * values. Iterative with a stack of ends, so nesting costs no Java stack; linear in the bytes; unknown fields are skipped.
 *
 * <p>Breaks of the encoding throw {@link Malformed}: nothing behind them can be trusted. Text that is not UTF-8, and
 * values nested too deep, which are passed over, are only noted: they spoil one item and not the record.
 */
final class StructureCheck {
    /** AnyValues inside one another; protobuf-java itself ends at 47. */
    static final int MAX_VALUE_DEPTH = 32;

    static final String TOO_DEEP = "values nested deeper than " + MAX_VALUE_DEPTH;
    static final int NONE = -1;

    /** An AnyValue, its list and its list's entry at each depth, inside the six messages of a metric's exemplar. */
    private static final int STACK = MAX_VALUE_DEPTH * 3 + 8;

    private final ProtoReader reader = new ProtoReader();
    private final MessageType[] types = new MessageType[STACK];
    private final int[] ends = new int[STACK];
    private int badUtf8At = NONE;
    private int tooDeepAt = NONE;

    /** Where the first text that is not UTF-8 begins, since the last {@link #clear}, or {@link #NONE}. */
    int badUtf8At() {
        return badUtf8At;
    }

    /** Where the first value begins that is nested too deep, since the last {@link #clear}, or {@link #NONE}. */
    int tooDeepAt() {
        return tooDeepAt;
    }

    void clear() {
        badUtf8At = NONE;
        tooDeepAt = NONE;
    }

    /** Checks a whole message. */
    void message(MessageType type, byte[] bytes, int offset, int length) {
        walk(type, reader.reset(bytes, offset, length), offset + length);
    }

    /** Checks the value of {@code tag}, a field of {@code type}, and moves {@code from} behind it. */
    void field(MessageType type, ProtoReader from, int tag) {
        MessageType nested = value(type, from, tag, from.end());
        if (nested != null) {
            int length = from.length();
            message(nested, from.bytes(), from.position(), length);
            from.advance(length);
        }
    }

    /** Notes text that is not UTF-8. */
    void text(byte[] bytes, int offset, int length) {
        if (badUtf8At == NONE && !Utf8.isValid(bytes, offset, offset + length)) {
            badUtf8At = offset;
        }
    }

    private void walk(MessageType type, ProtoReader in, int end) {
        int top = 0;
        int valueDepth = type == OtlpSchema.ANY_VALUE ? 1 : 0;
        types[0] = type;
        ends[0] = end;
        while (top >= 0) {
            int limit = ends[top];
            if (in.position() >= limit) {
                requireEnd(in, limit);
                valueDepth -= types[top] == OtlpSchema.ANY_VALUE ? 1 : 0;
                top--;
                continue;
            }
            MessageType nested = value(types[top], in, in.tag(), limit);
            if (nested == null) {
                continue;
            }
            int length = in.length();
            requireWithin(in, length, limit);
            if (nested == OtlpSchema.ANY_VALUE && ++valueDepth > MAX_VALUE_DEPTH) {
                tooDeepAt = tooDeepAt == NONE ? in.position() : tooDeepAt;
                valueDepth--;
                in.advance(length);
                continue;
            }
            top++;
            types[top] = nested;
            ends[top] = in.position() + length;
        }
    }

    /** Passes a value, or answers the type of the nested message that comes next. */
    private MessageType value(MessageType type, ProtoReader in, int tag, int limit) {
        Field field = type.byNumber(ProtoReader.field(tag));
        if (field == null) {
            in.skip(tag);
            return null;
        }
        if (field.repeated() && ProtoReader.wireType(tag) == ProtoReader.LEN) {
            return field.type().wireType() == ProtoReader.LEN ? lengthPrefixed(field, in, limit) : packed(field, in);
        }
        in.expect(tag, field.type().wireType());
        return switch (field.type().wireType()) {
            case ProtoReader.VARINT -> {
                in.varint();
                yield null;
            }
            case ProtoReader.FIXED32 -> {
                in.fixed32();
                yield null;
            }
            case ProtoReader.FIXED64 -> {
                in.fixed64();
                yield null;
            }
            default -> lengthPrefixed(field, in, limit);
        };
    }

    private MessageType lengthPrefixed(Field field, ProtoReader in, int limit) {
        if (field.type() == FieldType.MESSAGE) {
            return field.message();
        }
        int length = in.length();
        requireWithin(in, length, limit);
        if (field.type() == FieldType.STRING) {
            text(in.bytes(), in.position(), length);
        }
        in.advance(length);
        return null;
    }

    private static MessageType packed(Field field, ProtoReader in) {
        int length = in.length();
        int end = in.position() + length;
        if (field.type().wireType() == ProtoReader.FIXED64) {
            in.advance(length / 8 * 8);
        } else {
            while (in.position() < end) {
                in.varint();
            }
        }
        requireEnd(in, end);
        return null;
    }

    private static void requireWithin(ProtoReader in, int length, int limit) {
        if (length > limit - in.position()) {
            throw truncated(in.position());
        }
    }

    private static void requireEnd(ProtoReader in, int end) {
        if (in.position() != end) {
            throw truncated(end);
        }
    }

    private static Malformed truncated(int atByte) {
        return new Malformed(
                Reason.TRUNCATED, "Malformed: a value does not end with its message at byte " + atByte, atByte);
    }
}
