package dev.plait.topology;

import dev.plait.correlator.slo.SloCount;
import dev.plait.correlator.slo.SloEvidence;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.RootCause;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts and evidence of SLO keys as bytes of a delta. All texts are short, as whoever counts cuts them. */
final class SloCodec {
    private SloCodec() {}

    private interface Write<T> {
        void write(T value) throws IOException;
    }

    private interface Read<T> {
        T read() throws IOException;
    }

    static void write(DataOutput out, SloCount count) throws IOException {
        out.writeLong(count.bucketMs());
        out.writeLong(count.good());
        out.writeLong(count.bad());
        list(out, count.contributions(), one -> {
            out.writeUTF(one.dimension());
            out.writeUTF(one.value());
            out.writeLong(one.bad());
        });
        list(out, count.logs(), log -> line(out, log));
    }

    static SloCount readCount(DataInput in) throws IOException {
        return new SloCount(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                list(in, () -> new SloCount.Contribution(in.readUTF(), in.readUTF(), in.readLong())),
                list(in, () -> line(in)));
    }

    static void write(DataOutput out, SloEvidence evidence) throws IOException {
        list(out, evidence.traces(), trace -> {
            out.writeUTF(trace.traceId());
            out.writeUTF(trace.service());
            text(out, trace.route());
            out.writeInt(trace.status());
            out.writeLong(trace.durationNanos());
            out.writeBoolean(trace.error());
        });
        list(out, evidence.causes(), cause -> {
            out.writeUTF(cause.service());
            out.writeUTF(cause.operation());
            out.writeUTF(cause.kind().name());
            out.writeLong(cause.count());
        });
        list(out, evidence.logs(), log -> line(out, log));
    }

    static SloEvidence readEvidence(DataInput in) throws IOException {
        return new SloEvidence(
                list(
                        in,
                        () -> new Alert.TraceExample(
                                in.readUTF(), in.readUTF(), text(in), in.readInt(), in.readLong(), in.readBoolean())),
                list(
                        in,
                        () -> new SloEvidence.CauseCount(
                                in.readUTF(), in.readUTF(), RootCause.Kind.valueOf(in.readUTF()), in.readLong())),
                list(in, () -> line(in)));
    }

    private static void line(DataOutput out, Alert.LogLine log) throws IOException {
        text(out, log.traceId());
        text(out, log.service());
        text(out, log.severity());
        out.writeUTF(log.body());
    }

    private static Alert.LogLine line(DataInput in) throws IOException {
        return new Alert.LogLine(text(in), text(in), text(in), in.readUTF());
    }

    private static void text(DataOutput out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            out.writeUTF(text.get());
        }
    }

    private static Optional<String> text(DataInput in) throws IOException {
        return in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
    }

    private static <T> void list(DataOutput out, List<T> list, Write<T> how) throws IOException {
        out.writeShort(list.size());
        for (T one : list) {
            how.write(one);
        }
    }

    private static <T> List<T> list(DataInput in, Read<T> how) throws IOException {
        List<T> list = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            list.add(how.read());
        }
        return list;
    }
}
