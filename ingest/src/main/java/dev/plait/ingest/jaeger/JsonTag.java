package dev.plait.ingest.jaeger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.accesslog.JsonScalar;
import dev.plait.ingest.span.JsonMembers;
import dev.plait.ingest.span.SpanOutput;
import dev.plait.ingest.span.SpanText;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;

/** Reads a Jaeger {@code KeyValue} in JSON: the value is the member that the type names, a text when there is no type. */
final class JsonTag {
    /** Where a tag goes; answers whether its key was there before. */
    interface Target {
        boolean put(String key, Object value);
    }

    private final SpanOutput output;
    private String key = "";
    private String type = "";
    private String string = "";
    private String number = "";
    private double real;
    private boolean bool;
    private String binary = "";

    JsonTag(SpanOutput output) {
        this.output = output;
    }

    /** False, and the value is passed over, when it is no object. */
    boolean read(JsonParser parser, Target target) throws IOException {
        key = "";
        type = "";
        string = "";
        number = "";
        real = 0;
        bool = false;
        binary = "";
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return false;
        }
        JsonMembers.read(parser, this::member);
        if (target.put(key, value())) {
            output.normalised("duplicate_key");
        }
        return true;
    }

    private void member(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "key" -> key = JsonScalar.string(parser);
            case "vType", "v_type" -> type = JsonScalar.string(parser);
            case "vStr", "v_str" -> string = JsonScalar.string(parser);
            case "vBool", "v_bool" -> bool = JsonScalar.string(parser).equals("true");
            case "vInt64", "v_int64" -> number = JsonScalar.string(parser);
            case "vFloat64", "v_float64" -> real = real(parser);
            case "vBinary", "v_binary" -> binary = JsonScalar.string(parser);
            default -> parser.skipChildren();
        }
    }

    /** Protobuf's JSON writes what is no number as text. */
    private static double real(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            switch (parser.getText()) {
                case "Infinity" -> {
                    return Double.POSITIVE_INFINITY;
                }
                case "-Infinity" -> {
                    return Double.NEGATIVE_INFINITY;
                }
                default -> {
                    // a number, or NaN
                }
            }
        }
        return JsonScalar.number(parser);
    }

    private Object value() {
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "BOOL", "1" -> bool;
            case "INT64", "2" -> whole();
            case "FLOAT64", "3" -> real;
            case "BINARY", "4" -> bytes();
            default -> output.cut(string, SpanText.MAX_VALUE);
        };
    }

    /** Zero is the default, which is not written. */
    private Object whole() {
        if (number.isEmpty()) {
            return 0L;
        }
        try {
            return Long.valueOf(number);
        } catch (NumberFormatException notWhole) {
            output.normalised("bad_number");
            return output.cut(number, SpanText.MAX_NAME);
        }
    }

    private Object bytes() {
        String text = output.cut(binary, SpanText.MAX_VALUE);
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return text;
        }
    }
}
