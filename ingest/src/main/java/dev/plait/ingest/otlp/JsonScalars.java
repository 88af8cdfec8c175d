package dev.plait.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.wire.ProtoWriter;
import java.io.IOException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Writes single JSON values as protobuf fields. As proto3 JSON has them, with OTLP's exceptions: ids are hex, enums are
 * numbers. An ID that is none is written as one zero byte, so that the scanners judge the ids of both encodings alike.
 *
 * <p>Source: opentelemetry-proto, docs/specification.md, JSON Protobuf Encoding; protobuf, ProtoJSON format.
 */
final class JsonScalars {
    private static final byte[] NO_ID = {0};
    private static final int MAX_NUMBER_TEXT = 64;
    private static final Pattern REAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private final ProtoWriter out;
    private final JsonInteger integer = new JsonInteger();

    JsonScalars(ProtoWriter out) {
        this.out = out;
    }

    /** Writes the parser's current token as a value of {@code field}. */
    JsonVerdict write(Field field, JsonParser in, RecordScan record) throws IOException {
        boolean isText = in.currentToken() == JsonToken.VALUE_STRING;
        return switch (field.type()) {
            case STRING -> isText ? text(field, in.getText(), record) : JsonVerdict.BAD;
            case BYTES -> isText ? base64(field, in.getText()) : JsonVerdict.BAD;
            case TRACE_ID, SPAN_ID -> isText ? id(field, in.getText(), record) : JsonVerdict.BAD;
            case BOOL -> bool(field, in.currentToken());
            case DOUBLE -> real(field, in);
            case ENUM -> isText ? named(field, in.getText(), record) : integer(field, in);
            default -> integer(field, in);
        };
    }

    /** Java's strings may hold half characters, which UTF-8 cannot. */
    private JsonVerdict text(Field field, String text, RecordScan record) {
        boolean whole = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                record.normalised(Normalised.NUL_CHARACTER);
            } else if (Character.isSurrogate(c)) {
                if (Character.isBmpCodePoint(text.codePointAt(i))) {
                    whole = false;
                    record.normalised(Normalised.LONE_SURROGATE);
                } else {
                    i++;
                }
            }
        }
        out.text(field.number(), whole ? text : replaced(text));
        return JsonVerdict.WRITTEN;
    }

    private static String replaced(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return out.toString();
    }

    private JsonVerdict base64(Field field, String text) {
        boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        try {
            byte[] bytes = (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
            out.bytes(field.number(), bytes, 0, bytes.length);
            return JsonVerdict.WRITTEN;
        } catch (IllegalArgumentException notBase64) {
            return JsonVerdict.BAD;
        }
    }

    private JsonVerdict id(Field field, String text, RecordScan record) {
        int size = field.type() == FieldType.TRACE_ID ? 16 : 8;
        int length = text.length();
        if (length == 2 * size && Hex.isHex(text, 0, length)) {
            if (size == 16) {
                out.id(field.number(), Hex.parse(text, 0, 16), Hex.parse(text, 16, 32));
            } else {
                out.id(field.number(), Hex.parse(text, 0, 16));
            }
            return JsonVerdict.WRITTEN;
        }
        if (length == (size + 2) / 3 * 4 && text.endsWith("=") && base64(field, text) == JsonVerdict.WRITTEN) {
            record.normalised(Normalised.BASE64_ID);
            return JsonVerdict.WRITTEN;
        }
        if (length > 0) {
            out.bytes(field.number(), NO_ID, 0, NO_ID.length);
        }
        return JsonVerdict.WRITTEN;
    }

    private JsonVerdict bool(Field field, JsonToken token) {
        if (!token.isBoolean()) {
            return JsonVerdict.BAD;
        }
        out.varint(field.number(), token == JsonToken.VALUE_TRUE ? 1 : 0);
        return JsonVerdict.WRITTEN;
    }

    private JsonVerdict named(Field field, String name, RecordScan record) {
        Integer number = field.values().get(name);
        if (number == null) {
            return JsonVerdict.BAD;
        }
        record.normalised(Normalised.ENUM_NAME);
        out.varint(field.number(), number);
        return JsonVerdict.WRITTEN;
    }

    private JsonVerdict integer(Field field, JsonParser in) throws IOException {
        JsonVerdict verdict = integer.read(in, field.type());
        if (verdict == JsonVerdict.WRITTEN) {
            long value = integer.value();
            switch (field.type()) {
                case FIXED64, SFIXED64 -> out.fixed64(field.number(), value);
                case FIXED32 -> out.fixed32(field.number(), (int) value);
                case SINT32 -> out.varint(field.number(), (value << 1 ^ value >> 31) & 0xffffffffL);
                default -> out.varint(field.number(), value);
            }
        }
        return verdict;
    }

    private JsonVerdict real(Field field, JsonParser in) throws IOException {
        JsonToken token = in.currentToken();
        double value;
        if (token.isNumeric()) {
            value = in.getDoubleValue();
            if (Double.isInfinite(value)) {
                return JsonVerdict.BAD;
            }
        } else if (token == JsonToken.VALUE_STRING && isReal(in.getText())) {
            value = Double.parseDouble(in.getText());
        } else {
            return JsonVerdict.BAD;
        }
        out.doubleValue(field.number(), value);
        return JsonVerdict.WRITTEN;
    }

    /** What {@link Double#parseDouble} takes, without its own forms: hex, suffixes, blanks. */
    private static boolean isReal(String text) {
        return text.equals("NaN")
                || text.equals("Infinity")
                || text.equals("-Infinity")
                || text.length() <= MAX_NUMBER_TEXT && REAL.matcher(text).matches();
    }
}
