package dev.plait.app.doctor;

import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Who sent: the first of some attributes that an OTLP {@code Resource} has. Longer names are cut. */
final class SenderName {
    private static final List<String> KEYS =
            List.of("service.name", "kuma.workload", "kuma.mesh", "node_name", "log_name", "host.name");
    private static final int MAX_BYTES = 100;

    private SenderName() {}

    static Optional<String> of(byte[] bytes, int offset, int length) {
        String[] found = new String[KEYS.size()];
        try {
            ProtoReader resource = new ProtoReader().reset(bytes, offset, length);
            while (resource.hasNext()) {
                int tag = resource.tag();
                if (tag == (1 << 3 | ProtoReader.LEN)) {
                    attribute(part(resource), found);
                } else {
                    resource.skip(tag);
                }
            }
        } catch (Malformed e) {
            // the decoder checks what it needs; a name behind the damage is not known
            return first(found);
        }
        return first(found);
    }

    private static void attribute(ProtoReader attribute, String[] found) {
        int key = -1;
        while (attribute.hasNext()) {
            int tag = attribute.tag();
            switch (tag) {
                case 1 << 3 | ProtoReader.LEN -> key = KEYS.indexOf(text(part(attribute)));
                case 2 << 3 | ProtoReader.LEN -> {
                    ProtoReader value = part(attribute);
                    if (key >= 0 && value.hasNext() && value.tag() == (1 << 3 | ProtoReader.LEN)) {
                        found[key] = text(part(value));
                    }
                }
                default -> attribute.skip(tag);
            }
        }
    }

    private static Optional<String> first(String[] found) {
        for (int i = 0; i < found.length; i++) {
            if (found[i] != null && !found[i].isBlank()) {
                return Optional.of(i == 2 ? "mesh " + found[i] : found[i]);
            }
        }
        return Optional.empty();
    }

    private static ProtoReader part(ProtoReader reader) {
        int length = reader.length();
        ProtoReader part = new ProtoReader().reset(reader.bytes(), reader.position(), length);
        reader.advance(length);
        return part;
    }

    private static String text(ProtoReader part) {
        int length = Math.min(part.end() - part.position(), MAX_BYTES);
        return new String(part.bytes(), part.position(), length, StandardCharsets.UTF_8);
    }
}
