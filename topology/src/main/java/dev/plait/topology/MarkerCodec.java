package dev.plait.topology;

import dev.plait.correlator.trace.ClosedTrace;
import dev.plait.correlator.trace.PieceHashes;
import dev.plait.schemas.model.CorrelatedTrace.Counts;
import dev.plait.schemas.model.TraceId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The markers of one sweep as records of at most about {@link #MAX_BYTES}: a version byte, the sweep number, then the
 * markers. A marker with more hashes than {@link #MAX_HASHES} is written in several parts, which restoring puts together
 * again. Big endian; 121 bytes a marker and 8 for each hash.
 */
final class MarkerCodec {
    static final int MAX_BYTES = 512 * 1024;
    static final int MAX_HASHES = 32 * 1024;

    private static final byte VERSION = 1;

    private MarkerCodec() {}

    /** What one record holds. */
    record Sweep(long number, List<ClosedTrace> markers) {}

    /** The records of one sweep, at least one. */
    static List<byte[]> write(long sweep, List<ClosedTrace> markers) {
        List<byte[]> records = new ArrayList<>();
        ByteArrayOutputStream bytes = start(sweep);
        for (ClosedTrace marker : markers) {
            int hashes = marker.hashes().size();
            int from = 0;
            do {
                int to = Math.min(hashes, from + MAX_HASHES);
                if (bytes.size() + (to - from) * Long.BYTES > MAX_BYTES) {
                    records.add(bytes.toByteArray());
                    bytes = start(sweep);
                }
                write(bytes, marker, marker.hashes().part(from, to));
                from = to;
            } while (from < hashes);
        }
        records.add(bytes.toByteArray());
        return records;
    }

    private static ByteArrayOutputStream start(long sweep) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        bytes.write(VERSION);
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(sweep).array());
        return bytes;
    }

    private static void write(ByteArrayOutputStream bytes, ClosedTrace marker, PieceHashes hashes) {
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(marker.traceId().high());
            out.writeLong(marker.traceId().low());
            out.writeInt(marker.revision());
            out.writeByte(marker.marks());
            out.writeLong(marker.firstPlace());
            out.writeLong(marker.throughSequence());
            out.writeLong(marker.firstClosedAtMs());
            out.writeLong(marker.closedAtMs());
            out.writeLong(marker.lastArrivalMs());
            Counts counts = marker.counts();
            out.writeLong(counts.spans());
            out.writeLong(counts.errors());
            out.writeLong(counts.logs());
            out.writeLong(counts.exemplars());
            out.writeLong(counts.duplicates());
            out.writeLong(counts.dropped());
            out.writeInt(hashes.size());
            for (int i = 0; i < hashes.size(); i++) {
                out.writeLong(hashes.at(i));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** @throws IllegalStateException on another version, which an older Plait cannot read */
    static Sweep read(byte[] record) {
        ByteBuffer in = ByteBuffer.wrap(record);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("closed-traces: version " + version + " is not known to this Plait");
        }
        long sweep = in.getLong();
        List<ClosedTrace> markers = new ArrayList<>();
        while (in.hasRemaining()) {
            markers.add(marker(in));
        }
        return new Sweep(sweep, markers);
    }

    private static ClosedTrace marker(ByteBuffer in) {
        return new ClosedTrace(
                new TraceId(in.getLong(), in.getLong()),
                in.getInt(),
                in.get(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                new Counts(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong()),
                hashes(in));
    }

    private static PieceHashes hashes(ByteBuffer in) {
        long[] hashes = new long[in.getInt()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = in.getLong();
        }
        return PieceHashes.of(hashes);
    }
}
