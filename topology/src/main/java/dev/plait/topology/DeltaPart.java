package dev.plait.topology;

import dev.plait.correlator.graph.EdgeDelta;
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
import java.util.function.Function;

/**
 * What is counted for one window task: RED series and edges by window, SLO keys by ten seconds, evidence by SLO key. As
 * bytes: four lists, each a number of entries (4 bytes) and the entries; written by {@link #bytes}, read by {@link #read}.
 */
final class DeltaPart {
    private final Map<Slot<String>, RedDelta> red = new LinkedHashMap<>();
    private final Map<Slot<String>, EdgeDelta> edges = new LinkedHashMap<>();
    private final Map<Slot<SloKey>, SloTally> slos = new LinkedHashMap<>();
    private final Map<SloKey, EvidenceTally> evidence = new LinkedHashMap<>();

    /** A key and a time. */
    private record Slot<K>(K key, long startMs) {}

    /** Takes what was counted. */
    interface Target {
        void red(String series, long windowStartMs, RedDelta delta);

        void edge(String edge, long windowStartMs, EdgeDelta delta);

        void slo(SloKey key, SloCount count);

        void evidence(SloKey key, SloEvidence evidence);
    }

    RedDelta red(String series, long windowStartMs) {
        return red.computeIfAbsent(new Slot<>(series, windowStartMs), absent -> new RedDelta());
    }

    EdgeDelta edge(String edge, long windowStartMs) {
        return edges.computeIfAbsent(new Slot<>(edge, windowStartMs), absent -> new EdgeDelta());
    }

    SloTally slo(SloKey key, long bucketMs) {
        return slos.computeIfAbsent(new Slot<>(key, bucketMs), absent -> new SloTally());
    }

    EvidenceTally evidence(SloKey key) {
        return evidence.computeIfAbsent(key, absent -> new EvidenceTally());
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            counts(out, red);
            counts(out, edges);
            out.writeInt(slos.size());
            for (Map.Entry<Slot<SloKey>, SloTally> slo : slos.entrySet()) {
                slo.getKey().key.write(out);
                SloCodec.write(out, slo.getValue().count(slo.getKey().startMs));
            }
            out.writeInt(evidence.size());
            for (Map.Entry<SloKey, EvidenceTally> one : evidence.entrySet()) {
                one.getKey().write(out);
                SloCodec.write(out, one.getValue().evidence());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Tells {@code target} what {@link #bytes} wrote. */
    static void read(ByteBuffer content, Target target) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(
                content.array(), content.arrayOffset() + content.position(), content.remaining()))) {
            counts(in, RedDelta::read, target::red);
            counts(in, EdgeDelta::read, target::edge);
            for (int left = in.readInt(); left > 0; left--) {
                target.slo(SloKey.read(in), SloCodec.readCount(in));
            }
            for (int left = in.readInt(); left > 0; left--) {
                target.evidence(SloKey.read(in), SloCodec.readEvidence(in));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("a delta that Plait did not write", broken);
        }
    }

    private static <C extends WindowCounts<C>> void counts(DataOutputStream out, Map<Slot<String>, C> counts)
            throws IOException {
        PackedWriter packed = new PackedWriter();
        out.writeInt(counts.size());
        for (Map.Entry<Slot<String>, C> count : counts.entrySet()) {
            packed.reset();
            count.getValue().write(packed);
            out.writeUTF(count.getKey().key);
            out.writeLong(count.getKey().startMs);
            byte[] bytes = packed.toBytes();
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private interface Counted<C> {
        void take(String key, long windowStartMs, C counts);
    }

    private static <C> void counts(DataInputStream in, Function<PackedReader, C> read, Counted<C> to)
            throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            String key = in.readUTF();
            long startMs = in.readLong();
            byte[] bytes = in.readNBytes(in.readInt());
            to.take(key, startMs, read.apply(new PackedReader(bytes)));
        }
    }
}
