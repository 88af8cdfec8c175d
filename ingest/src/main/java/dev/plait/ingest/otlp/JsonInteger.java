package dev.plait.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Reads integers exactly, as number or as text, up to 64 bits signed or unsigned. A number with a fraction or an exponent is
 * an integer while it is whole and a double holds it exactly. Reused: no allocation but for texts.
 */
final class JsonInteger {
    private static final double MAX_EXACT = 1L << 53;
    private static final int MAX_DIGITS = 20;

    private long value;

    /** The last one read; unsigned ones above 2^63 are negative. */
    long value() {
        return value;
    }

    /** Reads the parser's current token as an integer of {@code type}. */
    JsonVerdict read(JsonParser in, FieldType type) throws IOException {
        boolean unsigned = isUnsigned(type);
        JsonVerdict verdict = switch (in.currentToken()) {
            case VALUE_NUMBER_INT -> whole(in, unsigned);
            case VALUE_NUMBER_FLOAT -> fraction(in.getDoubleValue(), unsigned);
            case VALUE_STRING -> parsed(in.getText(), unsigned);
            default -> JsonVerdict.BAD;
        };
        return verdict == JsonVerdict.WRITTEN && !isInRange(type) ? JsonVerdict.BAD : verdict;
    }

    private JsonVerdict whole(JsonParser in, boolean unsigned) throws IOException {
        if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return parsed(in.getText(), unsigned);
        }
        value = in.getLongValue();
        return unsigned && value < 0 ? JsonVerdict.BAD : JsonVerdict.WRITTEN;
    }

    private JsonVerdict fraction(double number, boolean unsigned) {
        if (!(Math.abs(number) <= MAX_EXACT)) {
            return JsonVerdict.INEXACT;
        }
        value = (long) number;
        return value != number || unsigned && value < 0 ? JsonVerdict.BAD : JsonVerdict.WRITTEN;
    }

    private JsonVerdict parsed(String text, boolean unsigned) {
        if (!isDigits(text, unsigned)) {
            return JsonVerdict.BAD;
        }
        try {
            value = unsigned ? Long.parseUnsignedLong(text) : Long.parseLong(text);
            return JsonVerdict.WRITTEN;
        } catch (NumberFormatException beyond64Bits) {
            return JsonVerdict.BAD;
        }
    }

    private static boolean isDigits(String text, boolean unsigned) {
        int from = !unsigned && text.startsWith("-") ? 1 : 0;
        if (text.length() == from || text.length() - from > MAX_DIGITS) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnsigned(FieldType type) {
        return switch (type) {
            case UINT32, UINT64, FIXED32, FIXED64 -> true;
            default -> false;
        };
    }

    private boolean isInRange(FieldType type) {
        return switch (type) {
            case UINT32, FIXED32 -> value >>> 32 == 0;
            case INT32, SINT32, ENUM -> value == (int) value;
            default -> true;
        };
    }
}
