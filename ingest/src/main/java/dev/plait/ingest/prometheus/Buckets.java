package dev.plait.ingest.prometheus;

import dev.plait.ingest.prometheus.SeriesReader.BadSeries;
import dev.plait.schemas.wire.ProtoReader;
import java.util.Arrays;

/**
 * One half of a native histogram: sparse as it comes, then dense as OTLP has it, from {@link #first} on. Spans, deltas and counts
 * come in any order; {@link #finish} puts them together. Reused after {@link #clear}.
 */
final class Buckets {
    /** Between the lowest and the highest bucket that is filled: four times what a schema of 8 needs for a factor of ten thousand. */
    static final int MAX_WIDTH = 16 * 1024;

    private long[] offsets = new long[8];
    private long[] lengths = new long[8];
    private int spans;
    private long[] deltas = new long[64];
    private int deltaCount;
    private final Doubles absolute = new Doubles();
    private long[] dense = new long[64];
    private int width;
    private long first;
    private long total;

    void clear() {
        spans = 0;
        deltaCount = 0;
        absolute.clear();
        width = 0;
        first = 0;
        total = 0;
    }

    /** A BucketSpan: offset 1, length 2. */
    void span(byte[] body, ProtoReader reader, int tag) {
        reader.expect(tag, ProtoReader.LEN);
        int size = reader.length();
        long offset = 0;
        long length = 0;
        ProtoReader in = new ProtoReader().reset(body, reader.position(), size);
        while (in.hasNext()) {
            int field = in.tag();
            if (field == (1 << 3 | ProtoReader.VARINT)) {
                offset = (int) NativeHistogram.zigzag(in.varint());
            } else if (field == (2 << 3 | ProtoReader.VARINT)) {
                length = in.varint() & 0xffffffffL;
            } else {
                in.skip(field);
            }
        }
        reader.advance(size);
        if (spans == offsets.length) {
            offsets = Arrays.copyOf(offsets, spans * 2);
            lengths = Arrays.copyOf(lengths, spans * 2);
        }
        offsets[spans] = offset;
        lengths[spans++] = length;
    }

    /** Of whole counts: each as the difference to the one before. */
    void deltas(byte[] body, ProtoReader reader, int tag) {
        if (ProtoReader.wireType(tag) == ProtoReader.VARINT) {
            delta(reader.varint());
            return;
        }
        reader.expect(tag, ProtoReader.LEN);
        int size = reader.length();
        ProtoReader packed = new ProtoReader().reset(body, reader.position(), size);
        while (packed.hasNext()) {
            delta(packed.varint());
        }
        reader.advance(size);
    }

    private void delta(long zigzag) {
        if (deltaCount == deltas.length) {
            deltas = Arrays.copyOf(deltas, deltaCount * 2);
        }
        deltas[deltaCount++] = NativeHistogram.zigzag(zigzag);
    }

    /** Of float histograms. */
    void counts(byte[] body, ProtoReader reader, int tag) {
        absolute.read(body, reader, tag);
    }

    /** Puts spans and counts together. @throws BadSeries when they do not fit, or are too far apart */
    void finish() throws BadSeries {
        boolean floats = deltaCount == 0;
        int counts = floats ? absolute.size() : deltaCount;
        int next = 0;
        long at = 0;
        long running = 0;
        for (int span = 0; span < spans; span++) {
            at += offsets[span];
            if (span == 0) {
                first = at;
            } else if (offsets[span] < 0) {
                throw new BadSeries("buckets of a native histogram that overlap");
            }
            if (at + lengths[span] - first > MAX_WIDTH) {
                throw new BadSeries("a native histogram wider than " + MAX_WIDTH + " buckets");
            }
            if (lengths[span] > counts - next) {
                throw new BadSeries("a native histogram with fewer counts than its spans have buckets");
            }
            for (long left = lengths[span]; left > 0; left--) {
                running = floats ? NativeHistogram.rounded(absolute.get(next)) : running + deltas[next];
                next++;
                if (running < 0) {
                    throw new BadSeries("a native histogram with a negative bucket count");
                }
                // no count is above the largest
                total = NativeHistogram.sumOrMax(total, running);
                put((int) (at++ - first), running);
            }
        }
        if (next != counts) {
            throw new BadSeries("a native histogram with more counts than its spans have buckets");
        }
    }

    private void put(int index, long count) {
        if (index >= dense.length) {
            dense = Arrays.copyOf(dense, Math.max(dense.length * 2, index + 1));
        }
        Arrays.fill(dense, Math.min(width, index), index, 0);
        dense[index] = count;
        width = index + 1;
    }

    /** Of all counts; {@link Long#MAX_VALUE} when that is too small. */
    long total() {
        return total;
    }

    /** Prometheus' number of the first bucket. */
    long first() {
        return first;
    }

    /** How many buckets there are from {@link #first} on. */
    int width() {
        return width;
    }

    /** The count of bucket {@code first + index}. */
    long get(int index) {
        return dense[index];
    }
}
