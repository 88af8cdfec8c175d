package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.ValueReader.ARRAY;
import static dev.plait.schemas.wire.ValueReader.BOOLEAN;
import static dev.plait.schemas.wire.ValueReader.BYTES;
import static dev.plait.schemas.wire.ValueReader.DOUBLE;
import static dev.plait.schemas.wire.ValueReader.INTEGER;
import static dev.plait.schemas.wire.ValueReader.KEY;
import static dev.plait.schemas.wire.ValueReader.MAP;
import static dev.plait.schemas.wire.ValueReader.STRING;
import static dev.plait.schemas.wire.ValueReader.VALUE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * The JSON text of an OTLP {@code AnyValue}: numbers as numbers, NaN and the infinities as text, bytes as base64 text, unset
 * and whatever is nested deeper than {@value #MAX_DEPTH} as null.
 */
final class JsonText {
    /** Deeper than any decoder lets pass, so that recursion has an end here too. */
    static final int MAX_DEPTH = 64;

    private static final int ELEMENT = 1 << 3 | ProtoReader.LEN;
    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    static String of(byte[] bytes, int offset, int length) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            value(json, bytes, offset, length, 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void value(JsonGenerator json, byte[] bytes, int offset, int length, int depth) throws IOException {
        SliceCursor member = last(bytes, offset, depth > MAX_DEPTH ? 0 : length);
        switch (member.tag()) {
            case STRING -> json.writeString(new String(bytes, member.start(), member.length(), UTF_8));
            case BOOLEAN -> json.writeBoolean(member.number() != 0);
            case INTEGER -> json.writeNumber(member.number());
            case DOUBLE -> json.writeNumber(Double.longBitsToDouble(member.number()));
            case BYTES -> json.writeString(ValueReader.base64(member));
            case ARRAY -> array(json, bytes, member.start(), member.length(), depth);
            case MAP -> map(json, bytes, member.start(), member.length(), depth);
            default -> json.writeNull();
        }
    }

    /** A cursor that stands on the member that is set, or has tag 0. */
    private static SliceCursor last(byte[] bytes, int offset, int length) {
        SliceCursor set = new SliceCursor();
        SliceCursor members = new SliceCursor().reset(bytes, offset, length);
        int from = offset;
        while (members.next()) {
            switch (members.tag()) {
                case STRING, BOOLEAN, INTEGER, DOUBLE, ARRAY, MAP, BYTES ->
                    set.reset(bytes, from, length).next();
                default -> {}
            }
            from = members.position();
        }
        return set;
    }

    private static void array(JsonGenerator json, byte[] bytes, int offset, int length, int depth) throws IOException {
        json.writeStartArray();
        SliceCursor elements = new SliceCursor().reset(bytes, offset, length);
        while (elements.next()) {
            if (elements.tag() == ELEMENT) {
                value(json, bytes, elements.start(), elements.length(), depth + 1);
            }
        }
        json.writeEndArray();
    }

    private static void map(JsonGenerator json, byte[] bytes, int offset, int length, int depth) throws IOException {
        json.writeStartObject();
        SliceCursor pairs = new SliceCursor().reset(bytes, offset, length);
        while (pairs.next()) {
            if (pairs.tag() == ELEMENT) {
                pair(json, bytes, pairs.start(), pairs.length(), depth);
            }
        }
        json.writeEndObject();
    }

    private static void pair(JsonGenerator json, byte[] bytes, int offset, int length, int depth) throws IOException {
        String key = "";
        int valueAt = offset;
        int valueLength = 0;
        SliceCursor pair = new SliceCursor().reset(bytes, offset, length);
        while (pair.next()) {
            if (pair.tag() == KEY) {
                key = new String(bytes, pair.start(), pair.length(), UTF_8);
            } else if (pair.tag() == VALUE) {
                valueAt = pair.start();
                valueLength = pair.length();
            }
        }
        json.writeFieldName(key);
        value(json, bytes, valueAt, valueLength, depth + 1);
    }
}
