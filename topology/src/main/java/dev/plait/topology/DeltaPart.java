package dev.plait.topology;

import dev.plait.correlator.graph.EdgeDelta;
import dev.plait.correlator.measure.MeasureDelta;
import dev.plait.correlator.red.PackedReader;
import dev.plait.correlator.red.PackedWriter;
import dev.plait.correlator.red.RedDelta;
import dev.plait.correlator.red.WindowCounts;
import dev.plait.correlator.slo.SloCount;
import dev.plait.correlator.slo.SloEvidence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is counted for one window task: RED series, edges and measures by window, SLO keys by ten seconds, evidence by SLO key. As
 * bytes: entries one after the other, each a kind (1 byte) and what it counted; written by {@link #write}, read by
 * {@link #read}. Many SLOs with many groups can make much of one frame: then there are several pieces.
 */
final class DeltaPart {
    /** A piece is ended when it is larger: with its last entry it stays far below the largest record. */
    static final int PIECE_BYTES = 512 * 1024;

    private static final int RED = 1;
    private static final int EDGE = 2;
    private static final int SLO = 3;
    private static final int EVIDENCE = 4;
    private static final int MEASURE = 5;

    private final Map<Slot<String>, RedDelta> red = new LinkedHashMap<>();
    private final Map<Slot<String>, EdgeDelta> edges = new LinkedHashMap<>();
    private final Map<Slot<String>, MeasureDelta> measures = new LinkedHashMap<>();
    private final Map<Slot<SloKey>, SloTally> slos = new LinkedHashMap<>();
    private final Map<SloKey, EvidenceTally> evidence = new LinkedHashMap<>();

    /** A key and a time. */
    private record Slot<K>(K key, long startMs) {}

    /** Takes what was counted. */
    interface Target {
        void red(String series, long windowStartMs, RedDelta delta);

        void edge(String edge, long windowStartMs, EdgeDelta delta);

        void measure(String series, long windowStartMs, MeasureDelta delta);

        void slo(SloKey key, SloCount count);

        void evidence(SloKey key, SloEvidence evidence);
    }

    RedDelta red(String series, long windowStartMs) {
        return red.computeIfAbsent(new Slot<>(series, windowStartMs), absent -> new RedDelta());
    }

    EdgeDelta edge(String edge, long windowStartMs) {
        return edges.computeIfAbsent(new Slot<>(edge, windowStartMs), absent -> new EdgeDelta());
    }

    MeasureDelta measure(String series, long windowStartMs) {
        return measures.computeIfAbsent(new Slot<>(series, windowStartMs), absent -> new MeasureDelta());
    }

    SloTally slo(SloKey key, long bucketMs) {
        return slos.computeIfAbsent(new Slot<>(key, bucketMs), absent -> new SloTally());
    }

    EvidenceTally evidence(SloKey key) {
        return evidence.computeIfAbsent(key, absent -> new EvidenceTally());
    }

    /** Hands out the bytes: mostly one piece, more when that would be larger than a record should be. */
    void write(Consumer<byte[]> out) {
        Pieces pieces = new Pieces(out);
        try {
            counts(pieces, RED, red);
            counts(pieces, EDGE, edges);
            counts(pieces, MEASURE, measures);
            for (Map.Entry<Slot<SloKey>, SloTally> slo : slos.entrySet()) {
                DataOutputStream piece = pieces.next(SLO);
                slo.getKey().key.write(piece);
                SloCodec.write(piece, slo.getValue().count(slo.getKey().startMs));
            }
            for (Map.Entry<SloKey, EvidenceTally> one : evidence.entrySet()) {
                DataOutputStream piece = pieces.next(EVIDENCE);
                one.getKey().write(piece);
                SloCodec.write(piece, one.getValue().evidence());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        pieces.end();
    }

    /** Entries into pieces of about {@link #PIECE_BYTES}; an entry is far smaller, as its texts are short and few. */
    private static final class Pieces {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private final DataOutputStream entries = new DataOutputStream(bytes);
        private final Consumer<byte[]> out;

        Pieces(Consumer<byte[]> out) {
            this.out = out;
        }

        /** Where the next entry goes. */
        DataOutputStream next(int kind) throws IOException {
            if (bytes.size() >= PIECE_BYTES) {
                end();
            }
            entries.writeByte(kind);
            return entries;
        }

        void end() {
            if (bytes.size() > 0) {
                out.accept(bytes.toByteArray());
                bytes.reset();
            }
        }
    }

    /** Tells {@code target} what a piece that {@link #write} handed out says. */
    static void read(ByteBuffer content, Target target) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(
                content.array(), content.arrayOffset() + content.position(), content.remaining()))) {
            for (int kind = in.read(); kind >= 0; kind = in.read()) {
                switch (kind) {
                    case RED -> counts(in, RedDelta::read, target::red);
                    case EDGE -> counts(in, EdgeDelta::read, target::edge);
                    case MEASURE -> counts(in, MeasureDelta::read, target::measure);
                    case SLO -> target.slo(SloKey.read(in), SloCodec.readCount(in));
                    case EVIDENCE -> target.evidence(SloKey.read(in), SloCodec.readEvidence(in));
                    default -> throw new IllegalStateException("entry of kind " + kind + " in a delta");
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("a delta that Plait did not write", broken);
        }
    }

    private static <C extends WindowCounts<C>> void counts(Pieces pieces, int kind, Map<Slot<String>, C> counts)
            throws IOException {
        PackedWriter packed = new PackedWriter();
        for (Map.Entry<Slot<String>, C> count : counts.entrySet()) {
            packed.reset();
            count.getValue().write(packed);
            byte[] bytes = packed.toBytes();
            DataOutputStream piece = pieces.next(kind);
            piece.writeUTF(count.getKey().key);
            piece.writeLong(count.getKey().startMs);
            piece.writeInt(bytes.length);
            piece.write(bytes);
        }
    }

    private interface Counted<C> {
        void take(String key, long windowStartMs, C counts);
    }

    private static <C> void counts(DataInputStream in, Function<PackedReader, C> read, Counted<C> to)
            throws IOException {
        String key = in.readUTF();
        long startMs = in.readLong();
        byte[] bytes = in.readNBytes(in.readInt());
        to.take(key, startMs, read.apply(new PackedReader(bytes)));
    }
}
