package dev.plait.ingest.accesslog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the first bytes of a record tell before anything is parsed, and the text that the record is. */
public final class Payload {
    private static final int BOM_LENGTH = 3;

    private Payload() {}

    /** Why these bytes cannot be a text, by their first ones; EMPTY when there is nothing but blanks. */
    public static Optional<Rejected> refuse(byte[] value) {
        int first = firstNonBlank(value, 0, value.length);
        if (first == value.length) {
            return Optional.of(Rejected.record(Reason.EMPTY, "Empty: nothing but blanks", -1));
        }
        if (value[0] == 0) {
            return Optional.of(Rejected.record(
                    Reason.UNEXPECTED_FRAMING,
                    "Unexpected framing: byte 0 is zero, as a schema registry's frame or binary begins",
                    0));
        }
        return compression(value)
                .map(name -> Rejected.record(
                        Reason.NOT_THIS_FORMAT, "Not this format: begins as " + name + " at byte 0", 0));
    }

    private static Optional<String> compression(byte[] value) {
        if (startsWith(value, 0x1f, 0x8b)) {
            return Optional.of("gzip");
        }
        if (startsWith(value, 0x28, 0xb5, 0x2f, 0xfd)) {
            return Optional.of("zstd");
        }
        return startsWith(value, 0x04, 0x22, 0x4d, 0x18) ? Optional.of("lz4") : Optional.empty();
    }

    /** The bytes of a record, with what is not UTF-8 replaced. */
    public static byte[] utf8(byte[] value, SignalSink sink) {
        byte[] bytes = Utf8.repair(value);
        if (bytes != value) {
            sink.normalised("utf8_replaced", 1);
        }
        return bytes;
    }

    /**
     * The text of a record in UTF-8. A record that is one JSON string is what the string holds, as the Kafka exporter of
     * collectors writes bodies of text; it is opened once.
     */
    public static byte[] text(byte[] value, SignalSink sink) {
        byte[] bytes = utf8(value, sink);
        Optional<byte[]> held = heldByString(bytes, firstNonBlank(bytes, afterByteOrderMark(bytes), bytes.length));
        if (held.isPresent()) {
            sink.normalised("json_string", 1);
        }
        return held.orElse(bytes);
    }

    /** What the one JSON string holds that the bytes are from {@code start}; empty for all else. */
    private static Optional<byte[]> heldByString(byte[] bytes, int start) {
        if (start == bytes.length || bytes[start] != '"') {
            return Optional.empty();
        }
        try (JsonParser parser = JsonInput.open(bytes, start, bytes.length)) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                return Optional.empty();
            }
            byte[] held = parser.getText().getBytes(StandardCharsets.UTF_8);
            return parser.nextToken() == null ? Optional.of(held) : Optional.empty();
        } catch (JsonProcessingException noString) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without input or output", e);
        }
    }

    /** Where the text begins after a UTF-8 byte order mark. */
    public static int afterByteOrderMark(byte[] value) {
        return startsWith(value, 0xef, 0xbb, 0xbf) ? BOM_LENGTH : 0;
    }

    /** The first position of {@code [from, to)} that is no JSON blank, or {@code to}. */
    public static int firstNonBlank(byte[] value, int from, int to) {
        int at = from;
        while (at < to && (value[at] == ' ' || value[at] == '\n' || value[at] == '\r' || value[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean startsWith(byte[] value, int... prefix) {
        if (value.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((value[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
