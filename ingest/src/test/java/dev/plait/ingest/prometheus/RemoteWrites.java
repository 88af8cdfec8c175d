package dev.plait.ingest.prometheus;

import dev.plait.schemas.wire.ProtoWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.xerial.snappy.Snappy;

/** Bodies of remote write, field by field, as the two versions of the protocol have them. */
public final class RemoteWrites {
    public static final long TIME_MS = 1_767_225_600_123L;

    private RemoteWrites() {}

    public static byte[] snappy(byte[] body) {
        try {
            return Snappy.compress(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Version 1: series under field 1. */
    public static byte[] v1(Consumer<ProtoWriter> content) {
        ProtoWriter out = new ProtoWriter();
        content.accept(out);
        return out.toByteArray();
    }

    public static void series(ProtoWriter out, Consumer<ProtoWriter> rest, String... labels) {
        int series = out.begin(1);
        for (int i = 0; i < labels.length; i += 2) {
            label(out, labels[i], labels[i + 1]);
        }
        rest.accept(out);
        out.end(series);
    }

    public static void label(ProtoWriter out, String name, String value) {
        int label = out.begin(1);
        out.text(1, name);
        out.text(2, value);
        out.end(label);
    }

    public static Consumer<ProtoWriter> sample(double value, long timestampMs) {
        return out -> {
            int sample = out.begin(2);
            out.doubleValue(1, value);
            out.varint(2, timestampMs);
            out.end(sample);
        };
    }

    /** A series of version 1 with one sample. */
    public static byte[] one(double value, String... labels) {
        return v1(out -> series(out, sample(value, TIME_MS), labels));
    }

    /** Version 2: symbols are gathered while series are written. */
    public static final class V2 {
        private final List<String> symbols = new ArrayList<>(List.of(""));
        private final ProtoWriter series = new ProtoWriter();

        public int symbol(String text) {
            int at = symbols.indexOf(text);
            if (at < 0) {
                symbols.add(text);
                at = symbols.size() - 1;
            }
            return at;
        }

        public V2 series(Consumer<ProtoWriter> rest, String... labels) {
            int one = series.begin(5);
            refs(series, labels);
            rest.accept(series);
            series.end(one);
            return this;
        }

        public void refs(ProtoWriter out, String... labels) {
            ProtoWriter refs = new ProtoWriter();
            for (String label : labels) {
                refs.raw(varint(symbol(label)));
            }
            out.bytes(1, refs.bytes(), 0, refs.size());
        }

        public byte[] body() {
            ProtoWriter out = new ProtoWriter();
            symbols.forEach(symbol -> out.text(4, symbol));
            out.raw(series.bytes(), 0, series.size());
            return out.toByteArray();
        }
    }

    public static byte[] varint(long value) {
        ProtoWriter out = new ProtoWriter();
        out.varint(1, value);
        byte[] tagged = out.toByteArray();
        return java.util.Arrays.copyOfRange(tagged, 1, tagged.length);
    }

    public static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }
}
