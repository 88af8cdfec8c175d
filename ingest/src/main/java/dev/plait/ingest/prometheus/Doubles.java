package dev.plait.ingest.prometheus;

import dev.plait.schemas.wire.ProtoReader;
import java.util.Arrays;

/** A repeated double of a message, packed or not. Reused after {@link #clear}. */
final class Doubles {
    private double[] values = new double[16];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    double get(int index) {
        return values[index];
    }

    /** Reads one field of {@code reader}, whose tag was just read. */
    void read(byte[] body, ProtoReader reader, int tag) {
        if (ProtoReader.wireType(tag) == ProtoReader.FIXED64) {
            add(Double.longBitsToDouble(reader.fixed64()));
            return;
        }
        reader.expect(tag, ProtoReader.LEN);
        int length = reader.length();
        ProtoReader packed = new ProtoReader().reset(body, reader.position(), length);
        while (packed.hasNext()) {
            add(Double.longBitsToDouble(packed.fixed64()));
        }
        reader.advance(length);
    }

    private void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }
}
