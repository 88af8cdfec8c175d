package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.FrameLayout.*;

import dev.plait.schemas.model.Source;

/** Proves that every offset in a frame stays within it, so that reading it needs no further check. */
final class FrameCheck {
    private static final int HIGHEST_SOURCE = Source.values().length - 1;

    private FrameCheck() {}

    /** Where origins, tags and body start. */
    static int[] sections(byte[] bytes) {
        check(bytes.length >= HEADER_BYTES, "header");
        check(bytes[0] == VERSION, "version");
        check((bytes[BITS] & ~COMPRESSED) == 0 && bytes[ZERO] == 0, "bits");
        check(bytes[SOURCE] >= 0 && bytes[SOURCE] <= HIGHEST_SOURCE, "source");
        int items = count(bytes, ITEMS, MAX_FRAME_BYTES / ENTRY_BYTES);
        int origins = count(bytes, ORIGINS, MAX_FRAME_BYTES / ORIGIN_BYTES);
        int tags = count(bytes, TAGS_BYTES, FrameTags.MAX_BYTES);
        int stored = count(bytes, STORED_BYTES, MAX_FRAME_BYTES);
        int body = count(bytes, BODY_BYTES, MAX_FRAME_BYTES);
        check(bytes[BITS] == COMPRESSED || stored == body, "body size");
        int originsAt = HEADER_BYTES + items * ENTRY_BYTES;
        int tagsAt = originsAt + origins * ORIGIN_BYTES;
        int bodyAt = tagsAt + tags;
        check(bytes.length == bodyAt + stored, "length");
        for (int at = HEADER_BYTES; at < originsAt; at += ENTRY_BYTES) {
            range(bytes, at + OFFSET, body, "item");
            check(getInt(bytes, at + RECEIVED) >= 0, "size of an item");
            int origin = getShort(bytes, at + ORIGIN);
            check(origin < origins || origin == NO_ORIGIN, "origin of an item");
        }
        for (int at = originsAt; at < tagsAt; at += ORIGIN_BYTES) {
            range(bytes, at + RESOURCE_OFFSET, body, "resource");
            range(bytes, at + SCOPE_OFFSET, body, "scope");
        }
        FrameTags.decode(bytes, tagsAt, bodyAt);
        return new int[] {originsAt, tagsAt, bodyAt};
    }

    private static int count(byte[] bytes, int at, int most) {
        int count = getInt(bytes, at);
        check(count >= 0 && count <= most, "count");
        return count;
    }

    /** An offset and the length after it. */
    private static void range(byte[] bytes, int at, int size, String what) {
        int offset = getInt(bytes, at);
        int length = getInt(bytes, at + 4);
        check(offset >= 0 && length >= 0 && offset <= size - length, what);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new CorruptFrame("bad " + what);
        }
    }
}
