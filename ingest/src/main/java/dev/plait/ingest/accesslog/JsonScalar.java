package dev.plait.ingest.accesslog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Takes single values from a parser, whatever type the sender gave them: a number may come as text and a text as number. A
 * value that cannot be one (null, an object, a list) is skipped whole and is no value. Texts stay bytes in a reused array.
 */
public final class JsonScalar {
    private byte[] bytes = new byte[1024];
    private int length;

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Takes the current value as UTF-8; false when it is no scalar, or an empty text. */
    public boolean text(JsonParser parser) throws IOException {
        length = 0;
        if (isScalar(parser)) {
            int chars = parser.getTextLength();
            // what is above the longest attribute is cut anyway; one more shows that it was longer
            int kept = Math.min(chars, AccessLogRecord.MAX_TEXT + 1);
            if (bytes.length < 3 * kept) {
                bytes = new byte[3 * kept];
            }
            length = Utf8.encode(parser.getTextCharacters(), parser.getTextOffset(), kept, bytes);
        }
        return length > 0;
    }

    /** The current value as a string; empty when it is no scalar. */
    public static String string(JsonParser parser) throws IOException {
        return isScalar(parser) ? parser.getText() : "";
    }

    /** The current value as a number; NaN when it is none. */
    public static double number(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return parser.getDoubleValue();
        }
        return token == JsonToken.VALUE_STRING ? parse(parser.getText()) : skipped(parser);
    }

    private static double skipped(JsonParser parser) throws IOException {
        parser.skipChildren();
        return Double.NaN;
    }

    private static boolean isScalar(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isStructStart()) {
            parser.skipChildren();
            return false;
        }
        return token != JsonToken.VALUE_NULL;
    }

    /** Of a decimal number, with or without fraction and exponent; NaN for any other text. */
    public static double parse(String text) {
        if (text.isEmpty() || text.length() > JsonInput.MAX_NUMBER) {
            return Double.NaN;
        }
        for (int i = 0; i < text.length(); i++) {
            // letters that Double takes and logs do not write: NaN, Infinity, hex floats, type suffixes
            if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
