package dev.plait.correlator.trace;

import dev.plait.schemas.model.ItemFlags;

/** One item of a hand-made frame. Two pieces that differ in size only are copies of one span. */
record Piece(long high, long low, long spanId, long parentId, long hash, int flags, int sizeBytes) {
    private static final int SERVER = 2;

    static Piece span(long low, long spanId, long parentId) {
        int flags = ItemFlags.span(SERVER) | ItemFlags.ENDED | (parentId == 0 ? ItemFlags.ROOT : 0);
        return new Piece(0, low, spanId, parentId, 0, flags, 100);
    }

    static Piece root(long low, long spanId) {
        return span(low, spanId, 0);
    }

    static Piece log(long low, long hash) {
        return new Piece(0, low, 0, 0, hash, ItemFlags.LOG, 50);
    }

    static Piece exemplar(long low, long hash) {
        return new Piece(0, low, 0, 0, hash, ItemFlags.EXEMPLAR, 30);
    }

    Piece high(long newHigh) {
        return new Piece(newHigh, low, spanId, parentId, hash, flags, sizeBytes);
    }

    Piece kind(int otlpKind) {
        return new Piece(high, low, spanId, parentId, hash, flags & ~(7 << 2) | otlpKind << 2, sizeBytes);
    }

    Piece unended() {
        return new Piece(high, low, spanId, parentId, hash, flags & ~ItemFlags.ENDED, sizeBytes);
    }

    Piece with(int bits) {
        return new Piece(high, low, spanId, parentId, hash, flags | bits, sizeBytes);
    }

    Piece size(int bytes) {
        return new Piece(high, low, spanId, parentId, hash, flags, bytes);
    }

    int signal() {
        return ItemFlags.signal(flags);
    }

    boolean ended() {
        return signal() != ItemFlags.SPAN || ItemFlags.has(flags, ItemFlags.ENDED);
    }

    /** What makes it the same piece as another: written out, not hashed. */
    String key() {
        return signal() == ItemFlags.SPAN
                ? "span " + spanId + " kind " + ItemFlags.kind(flags) + " shared "
                        + ItemFlags.has(flags, ItemFlags.SHARED)
                : "signal " + signal() + " " + hash;
    }
}
