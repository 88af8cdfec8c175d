package dev.plait.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A source's static tags as a frame carries them: for each tag, in order of name, name and value as a two-byte little-endian
 * length and that many bytes of UTF-8.
 */
final class FrameTags {
    /** All tags of one source together; they are configuration, so more is a mistake that is told at once. */
    static final int MAX_BYTES = 16 * 1024;

    private FrameTags() {}

    /** @throws IllegalArgumentException when they take more than {@link #MAX_BYTES} */
    static byte[] encode(Map<String, String> tags) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TreeMap<>(tags).forEach((name, value) -> {
            write(out, name);
            write(out, value);
        });
        if (out.size() > MAX_BYTES) {
            throw new IllegalArgumentException("the tags of a source take at most " + MAX_BYTES + " bytes: "
                    + tags.keySet() + " take " + out.size());
        }
        return out.toByteArray();
    }

    /** @throws CorruptFrame when {@code [from, to)} is not what {@link #encode} writes */
    static Map<String, String> decode(byte[] bytes, int from, int to) {
        if (from == to) {
            return Map.of();
        }
        Map<String, String> tags = new HashMap<>();
        int at = from;
        while (at < to) {
            int nameEnd = end(bytes, at, to);
            int valueEnd = end(bytes, nameEnd, to);
            tags.put(
                    new String(bytes, at + 2, nameEnd - at - 2, UTF_8),
                    new String(bytes, nameEnd + 2, valueEnd - nameEnd - 2, UTF_8));
            at = valueEnd;
        }
        return Map.copyOf(tags);
    }

    private static void write(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        if (utf8.length > MAX_BYTES) {
            throw new IllegalArgumentException("a tag takes at most " + MAX_BYTES + " bytes, not " + utf8.length);
        }
        out.write(utf8.length);
        out.write(utf8.length >>> 8);
        out.write(utf8, 0, utf8.length);
    }

    private static int end(byte[] bytes, int at, int to) {
        if (to - at < 2) {
            throw new CorruptFrame("tags end within a length");
        }
        int end = at + 2 + FrameLayout.getShort(bytes, at);
        if (end > to) {
            throw new CorruptFrame("a tag goes beyond the tags");
        }
        return end;
    }
}
