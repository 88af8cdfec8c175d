package dev.plait.ingest.otlp;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import java.util.Optional;

/**
 * What a value is by its first bytes: OTLP protobuf, OTLP/JSON, or something in a wrapping that no OTLP request can begin
 * with. Protobuf is what is left, as any byte whose wire type exists may begin it.
 */
final class Framing {
    private static final int GZIP = 0x1f8b;
    private static final int ZSTD = 0x28b52ffd;
    private static final int LZ4 = 0x04224d18;
    private static final int PREFIX_BYTES = 5;
    private static final int TEXT_BYTES = 32;

    private Framing() {}

    /** Why no reader needs to look at the value, if none does. */
    static Optional<Rejected> refusal(byte[] value) {
        int four = value.length < 4 ? 0 : (int) (ProtoReader.bigEndian(padded(value), 0) >>> 32);
        if (four >>> 16 == GZIP || four == ZSTD || four == LZ4) {
            return Optional.of(Rejected.record(Reason.NOT_THIS_FORMAT, "compressed bytes, not an OTLP request", 0));
        }
        if (value[0] != 0 || value.length < PREFIX_BYTES) {
            return Optional.empty();
        }
        int prefix = (int) (ProtoReader.bigEndian(padded(value), 1) >>> 32);
        if (prefix == value.length - PREFIX_BYTES) {
            return Optional.of(Rejected.record(Reason.UNEXPECTED_FRAMING, "a gRPC message prefix before it", 0));
        }
        if (prefix > 0) {
            return Optional.of(Rejected.record(
                    Reason.UNEXPECTED_FRAMING, "a zero byte and a number: framed with a schema registry's ID?", 0));
        }
        return Optional.empty();
    }

    /**
     * Whether the value is JSON: a byte order mark or blanks, then a brace. A line feed also begins most protobuf requests
     * (field 1, length-delimited) and a brace may be its length: then it is JSON unless its lengths fit.
     */
    static boolean isJson(byte[] value) {
        int at = hasByteOrderMark(value) ? 3 : 0;
        while (at < value.length && isBlank(value[at])) {
            at++;
        }
        return at < value.length && value[at] == '{' && (value[0] != '\n' || !isChain(value));
    }

    static boolean hasByteOrderMark(byte[] value) {
        return value.length >= 3 && value[0] == (byte) 0xef && value[1] == (byte) 0xbb && value[2] == (byte) 0xbf;
    }

    /** How many messages lie in the value one behind the other, each after its length; 0 when it is not so. */
    static int messagesInStream(byte[] value) {
        ProtoReader reader = new ProtoReader().reset(value, 0, value.length);
        int messages = 0;
        try {
            while (reader.hasNext()) {
                int length = reader.length();
                if (length == 0 || value[reader.position()] != (1 << 3 | ProtoReader.LEN)) {
                    return 0;
                }
                reader.advance(length);
                messages++;
            }
        } catch (Malformed noLength) {
            return 0;
        }
        return messages;
    }

    /** Whether the value begins as text does. */
    static boolean isText(byte[] value) {
        int end = Math.min(value.length, TEXT_BYTES);
        for (int i = 0; i < end; i++) {
            if (!isBlank(value[i]) && (value[i] < 0x20 || value[i] == 0x7f)) {
                return false;
            }
        }
        return end >= 2;
    }

    /** Whether the value is fields of protobuf to its end. What was cut is not, except between two of the outermost. */
    static boolean isChain(byte[] value) {
        ProtoReader reader = new ProtoReader().reset(value, 0, value.length);
        try {
            while (reader.hasNext()) {
                reader.skip(reader.tag());
            }
            return true;
        } catch (Malformed noField) {
            return false;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static byte[] padded(byte[] value) {
        byte[] first = new byte[16];
        System.arraycopy(value, 0, first, 0, Math.min(value.length, first.length));
        return first;
    }
}
