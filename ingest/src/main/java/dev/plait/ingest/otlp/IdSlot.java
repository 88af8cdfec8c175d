package dev.plait.ingest.otlp;

import dev.plait.schemas.wire.ProtoReader;

/** A trace or span ID as it was found last in an item, whatever its length was. Reused: no allocation. */
final class IdSlot {
    private int length;
    private long high;
    private long low;

    void clear() {
        length = 0;
        high = 0;
        low = 0;
    }

    /** Reads a length-prefixed ID; of a field that comes twice the last wins. */
    void read(ProtoReader reader) {
        clear();
        length = reader.length();
        if (length == 16) {
            high = ProtoReader.bigEndian(reader.bytes(), reader.position());
            low = ProtoReader.bigEndian(reader.bytes(), reader.position() + 8);
        } else if (length == 8) {
            low = ProtoReader.bigEndian(reader.bytes(), reader.position());
        }
        reader.advance(length);
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    boolean isTraceId() {
        return length == 16 && low != 0;
    }

    boolean isSpanId() {
        return length == 8 && low != 0;
    }

    /** Not given, or given as no bytes. */
    boolean isAbsent() {
        return length == 0;
    }

    /** Neither absent, nor eight zero bytes (a common way to say none), nor an ID of a span. */
    boolean isUnusable() {
        return length != 0 && length != 8;
    }
}
