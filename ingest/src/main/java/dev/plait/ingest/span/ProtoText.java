package dev.plait.ingest.span;

import dev.plait.schemas.wire.ProtoReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the strings of protobuf messages. Bytes that are not UTF-8 are replaced, which is counted. */
public final class ProtoText {
    private final SpanOutput output;

    public ProtoText(SpanOutput output) {
        this.output = output;
    }

    /** The string that {@code in} stands at. */
    public String read(ProtoReader in) {
        int length = in.length();
        String text = new String(in.bytes(), in.position(), length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(in.bytes(), in.position(), length)) {
            output.normalised("utf8_replaced");
        }
        in.advance(length);
        return text;
    }

    private static boolean isUtf8(byte[] bytes, int from, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return true;
        } catch (CharacterCodingException bad) {
            return false;
        }
    }
}
