package dev.plait.ingest.receiver;

import dev.plait.ingest.receiver.Answer.Kind;
import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import dev.plait.schemas.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be done to messages of Envoy's gRPC access log so that each says all by itself: only the first of a stream says who
 * sends (identifier 1), and a large one has its entries (in 2 or 3) dealt out.
 */
final class AlsSplitter {
    private static final int IDENTIFIER = 1;
    private static final int ENVELOPE_BYTES = 16;

    private AlsSplitter() {}

    /** The identifier of a message, tag and all; empty without one. @throws Malformed */
    static byte[] identifier(byte[] message) {
        ProtoWriter identifier = new ProtoWriter();
        ProtoReader in = new ProtoReader().reset(message, 0, message.length);
        while (in.hasNext()) {
            int start = in.position();
            int tag = in.tag();
            in.skip(tag);
            if (ProtoReader.field(tag) == IDENTIFIER) {
                identifier.raw(message, start, in.position() - start);
            }
        }
        return identifier.toByteArray();
    }

    /** @throws Refusal TOO_LARGE when an entry with its identifier is above the limit; MALFORMED */
    static List<byte[]> split(byte[] message, int limitBytes) {
        try {
            byte[] identifier = identifier(message);
            int room = limitBytes - identifier.length - ENVELOPE_BYTES;
            if (room < limitBytes / 2) {
                throw new Refusal(Kind.TOO_LARGE, "who sends takes more than half of what a topic takes");
            }
            return parts(message, identifier, room);
        } catch (Malformed malformed) {
            throw new Refusal(Kind.MALFORMED, malformed.getMessage());
        }
    }

    private static List<byte[]> parts(byte[] message, byte[] identifier, int room) {
        List<byte[]> parts = new ArrayList<>();
        ProtoReader in = new ProtoReader().reset(message, 0, message.length);
        while (in.hasNext()) {
            int tag = in.tag();
            if (ProtoReader.field(tag) == IDENTIFIER) {
                in.skip(tag);
                continue;
            }
            in.expect(tag, ProtoReader.LEN);
            int length = in.length();
            ProtoWriter logs = new ProtoWriter();
            logs.raw(message, in.position(), length);
            in.advance(length);
            for (byte[] entries : FieldSplitter.split(logs.toByteArray(), FieldSplitter.NONE, room)) {
                ProtoWriter part = new ProtoWriter();
                part.raw(identifier);
                part.bytes(ProtoReader.field(tag), entries, 0, entries.length);
                parts.add(part.toByteArray());
            }
        }
        return parts;
    }
}
