package dev.plait.app.capture;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The bytes that values of a capture line stand for: a string is its UTF-8, {@code {"base64": "..."}} what it encodes, a JSON
 * object or array its own text as it stands in the line, byte for byte. Each method reads the value the parser comes to next.
 */
final class BytesOfJson {
    /** A value that is not of the expected shape. */
    static final class WrongValue extends Exception {
        private static final long serialVersionUID = 1L;

        WrongValue(String message) {
            super(message);
        }
    }

    private final JsonParser parser;
    private final byte[] line;

    BytesOfJson(JsonParser parser, byte[] line) {
        this.parser = parser;
        this.line = line;
    }

    /** The next field of the object; the empty text at its end. */
    String nextName() throws IOException, WrongValue {
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return "";
        }
        String name = parser.currentName();
        if (name.isEmpty()) {
            throw new WrongValue("a field without a name");
        }
        return name;
    }

    void skip() throws IOException {
        parser.nextToken();
        parser.skipChildren();
    }

    /** Whether there is an object to read; false for null. */
    boolean startsObject(String name) throws IOException, WrongValue {
        return switch (parser.nextToken()) {
            case START_OBJECT -> true;
            case VALUE_NULL -> false;
            default -> throw unexpected(name, "a JSON object of names and values");
        };
    }

    String topic(String name) throws IOException, WrongValue {
        if (parser.nextToken() != JsonToken.VALUE_STRING || !TopicName.isLegal(parser.getText())) {
            throw unexpected(name, "a topic name of letters, digits, '.', '_' and '-'");
        }
        return parser.getText();
    }

    long integer(String name) throws IOException, WrongValue {
        return optionalInteger(name).orElseThrow(() -> new WrongValue("\"" + name + "\" is null, expected an integer"));
    }

    OptionalInt optionalInt(String name) throws IOException, WrongValue {
        OptionalLong integer = optionalInteger(name);
        if (integer.isEmpty()) {
            return OptionalInt.empty();
        }
        if (integer.getAsLong() < 0 || integer.getAsLong() > Integer.MAX_VALUE) {
            throw new WrongValue("\"" + name + "\" is " + integer.getAsLong() + ", expected 0 to " + Integer.MAX_VALUE);
        }
        return OptionalInt.of((int) integer.getAsLong());
    }

    OptionalLong optionalInteger(String name) throws IOException, WrongValue {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return OptionalLong.empty();
        }
        if (token != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw unexpected(name, "an integer of at most 64 bits");
        }
        return OptionalLong.of(parser.getLongValue());
    }

    /** Of a key or header. */
    Optional<byte[]> textOrBase64(String name) throws IOException, WrongValue {
        return switch (parser.nextToken()) {
            case VALUE_NULL -> Optional.empty();
            case VALUE_STRING -> Optional.of(utf8(name));
            case START_OBJECT ->
                Optional.of(decode(
                        name,
                        soleBase64()
                                .orElseThrow(() -> new WrongValue("\"" + name
                                        + "\" is a JSON object, expected text, {\"base64\": \"...\"} or null"))));
            default -> throw unexpected(name, "text, {\"base64\": \"...\"} or null");
        };
    }

    /** Of a value, which may be JSON. */
    Optional<byte[]> value(String name) throws IOException, WrongValue {
        return switch (parser.nextToken()) {
            case VALUE_NULL -> Optional.empty();
            case VALUE_STRING -> Optional.of(utf8(name));
            case START_OBJECT -> Optional.of(object(name));
            case START_ARRAY -> Optional.of(array());
            default -> throw unexpected(name, "text, {\"base64\": \"...\"}, a JSON object, a JSON array or null");
        };
    }

    /** An object of the one field {@code base64} stands for what it encodes, any other for its own text. */
    private byte[] object(String name) throws IOException, WrongValue {
        int start = start();
        Optional<String> encoded = soleBase64();
        return encoded.isPresent() ? decode(name, encoded.get()) : sliceFrom(start);
    }

    private byte[] array() throws IOException {
        int start = start();
        parser.skipChildren();
        return sliceFrom(start);
    }

    /** Reads the object to its end. */
    private Optional<String> soleBase64() throws IOException {
        Optional<String> encoded = Optional.empty();
        int fields = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            boolean named = parser.currentName().equals("base64");
            if (parser.nextToken() == JsonToken.VALUE_STRING && named) {
                encoded = Optional.of(parser.getText());
            }
            parser.skipChildren();
            fields++;
        }
        return fields == 1 ? encoded : Optional.empty();
    }

    private static byte[] decode(String name, String encoded) throws WrongValue {
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new WrongValue("\"" + name + "\" is not base64: " + e.getMessage());
        }
    }

    private int start() {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    private byte[] sliceFrom(int start) {
        return Arrays.copyOfRange(
                line, start, Math.toIntExact(parser.currentLocation().getByteOffset()));
    }

    private byte[] utf8(String name) throws IOException, WrongValue {
        String text = parser.getText();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new WrongValue("\"" + name + "\" has half a surrogate pair; write it as {\"base64\": \"...\"}");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private WrongValue unexpected(String name, String expected) throws IOException {
        String got = parser.currentToken().isStructStart() ? "a JSON structure" : parser.getText();
        return new WrongValue("\"" + name + "\" is " + got + ", expected " + expected);
    }
}
