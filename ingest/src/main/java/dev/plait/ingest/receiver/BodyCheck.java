package dev.plait.ingest.receiver;

import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import java.util.Optional;

/**
 * Whether bytes are of the encoding that their content type says, by a look at the outermost fields. What lies deeper is judged by
 * the decoder, which finds out by itself what encoding bytes are of.
 */
final class BodyCheck {
    private static final int RESOURCE_GROUPS = 1;

    private BodyCheck() {}

    /** What is wrong, if anything. No bytes are a request without content. */
    static Optional<String> protobuf(byte[] body) {
        ProtoReader reader = new ProtoReader().reset(body, 0, body.length);
        try {
            while (reader.hasNext()) {
                int tag = reader.tag();
                if (ProtoReader.field(tag) == RESOURCE_GROUPS) {
                    reader.expect(tag, ProtoReader.LEN);
                }
                reader.skip(tag);
            }
            return Optional.empty();
        } catch (Malformed malformed) {
            return Optional.of(malformed.getMessage());
        }
    }

    /** What is wrong, if anything: an object is expected, from brace to brace. */
    static Optional<String> json(byte[] body) {
        int start = hasByteOrderMark(body) ? 3 : 0;
        int end = body.length;
        while (start < end && isBlank(body[start])) {
            start++;
        }
        while (end > start && isBlank(body[end - 1])) {
            end--;
        }
        return end - start >= 2 && body[start] == '{' && body[end - 1] == '}'
                ? Optional.empty()
                : Optional.of("Malformed: not a whole JSON object");
    }

    private static boolean hasByteOrderMark(byte[] body) {
        return body.length >= 3 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
