package dev.plait.ingest.receiver;

import java.util.List;

/** A request's body as it came, with what its address and headers said about it. */
final class Payload {
    private final Input input;
    private final byte[] bytes;
    private final int offset;
    private final Encoding encoding;
    private final boolean json;

    /** @param offset where the content begins in {@code bytes}, which no one changes any more */
    Payload(Input input, byte[] bytes, int offset, Encoding encoding, boolean json) {
        this.input = input;
        this.bytes = bytes;
        this.offset = offset;
        this.encoding = encoding;
        this.json = json;
    }

    Input input() {
        return input;
    }

    boolean json() {
        return json;
    }

    /** What was sent, decompressed. @throws Refusal as {@link Encoding#decode} */
    byte[] content(int limitBytes, Budget.Lease lease) {
        return encoding.decode(bytes, offset, limitBytes, lease);
    }

    /** The values that are written for {@code content}. @throws Refusal as {@link Input#split} */
    List<byte[]> records(byte[] content, int limitBytes) {
        byte[] value = encoding.isTheTopics() ? bytes : content;
        return value.length <= limitBytes ? List.of(value) : input.split(content, json, limitBytes);
    }
}
