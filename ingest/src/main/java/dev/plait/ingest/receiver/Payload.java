package dev.plait.ingest.receiver;

/** A request's body as it came, with what its headers said about it. */
final class Payload {
    private final OtlpSignal signal;
    private final byte[] bytes;
    private final int offset;
    private final Encoding encoding;
    private final boolean json;

    /** @param offset where the content begins in {@code bytes}, which no one changes any more */
    Payload(OtlpSignal signal, byte[] bytes, int offset, Encoding encoding, boolean json) {
        this.signal = signal;
        this.bytes = bytes;
        this.offset = offset;
        this.encoding = encoding;
        this.json = json;
    }

    OtlpSignal signal() {
        return signal;
    }

    boolean json() {
        return json;
    }

    /** What was sent, decompressed. @throws Refusal as {@link Encoding#decode} */
    byte[] content(int limitBytes, Budget.Lease lease) {
        return encoding.decode(bytes, offset, limitBytes, lease);
    }
}
