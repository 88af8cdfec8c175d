package dev.plait.ingest.receiver;

import dev.plait.ingest.receiver.Answer.Kind;
import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import dev.plait.schemas.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a protobuf message that is a plain list of fields into several, each with a share of the fields in their order; those
 * that all others lean on (a table of symbols) are at the head of each. Linear in the bytes.
 */
final class FieldSplitter {
    /** The number of no field. */
    static final int NONE = 0;

    private FieldSplitter() {}

    /**
     * @param sharedField the number of the fields that every part needs, or {@link #NONE}
     * @throws Refusal TOO_LARGE when a field is above the limit, or what all need above half of it; MALFORMED
     */
    static List<byte[]> split(byte[] message, int sharedField, int limitBytes) {
        try {
            byte[] shared = shared(message, sharedField);
            if (shared.length > limitBytes / 2) {
                throw tooLarge("what all its parts need", limitBytes / 2);
            }
            return parts(message, sharedField, shared, limitBytes);
        } catch (Malformed malformed) {
            throw new Refusal(Kind.MALFORMED, malformed.getMessage());
        }
    }

    private static byte[] shared(byte[] message, int field) {
        ProtoWriter shared = new ProtoWriter();
        ProtoReader in = new ProtoReader().reset(message, 0, message.length);
        while (field != NONE && in.hasNext()) {
            int start = in.position();
            int tag = in.tag();
            in.skip(tag);
            if (ProtoReader.field(tag) == field) {
                shared.raw(message, start, in.position() - start);
            }
        }
        return shared.toByteArray();
    }

    private static List<byte[]> parts(byte[] message, int sharedField, byte[] shared, int limitBytes) {
        List<byte[]> parts = new ArrayList<>();
        ProtoWriter part = new ProtoWriter();
        part.raw(shared);
        ProtoReader in = new ProtoReader().reset(message, 0, message.length);
        while (in.hasNext()) {
            int start = in.position();
            int tag = in.tag();
            in.skip(tag);
            int size = in.position() - start;
            if (ProtoReader.field(tag) == sharedField) {
                continue;
            }
            if (shared.length + size > limitBytes) {
                throw tooLarge("an item", limitBytes - shared.length);
            }
            if (part.size() + size > limitBytes) {
                parts.add(part.toByteArray());
                part.truncate(shared.length);
            }
            part.raw(message, start, size);
        }
        if (part.size() > shared.length) {
            parts.add(part.toByteArray());
        }
        return parts;
    }

    private static Refusal tooLarge(String what, int limitBytes) {
        return new Refusal(Kind.TOO_LARGE, what + " is larger than a topic takes: " + limitBytes + " bytes");
    }
}
