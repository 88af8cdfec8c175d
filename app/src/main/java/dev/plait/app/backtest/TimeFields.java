package dev.plait.app.backtest;

import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import java.util.Map;
import java.util.Set;

/**
 * Where the times (nanoseconds since the epoch, fixed64) are in the OTLP messages that decoders hand over. The nesting is that
 * of the messages, so reading goes four deep at most.
 *
 * @param times numbers of the fields that are times
 * @param nested numbers of the fields that are messages with times
 */
record TimeFields(Set<Integer> times, Map<Integer, TimeFields> nested) {
    private static final TimeFields EVENT = new TimeFields(Set.of(1), Map.of());
    static final TimeFields SPAN = new TimeFields(Set.of(7, 8), Map.of(11, EVENT));
    static final TimeFields LOG = new TimeFields(Set.of(1, 11), Map.of());
    private static final TimeFields EXEMPLAR = new TimeFields(Set.of(2), Map.of());
    private static final TimeFields POINT = new TimeFields(Set.of(3), Map.of(5, EXEMPLAR));
    private static final TimeFields POINTS = new TimeFields(Set.of(), Map.of(1, POINT));
    static final TimeFields METRIC = new TimeFields(Set.of(), Map.of(5, POINTS, 7, POINTS));

    /** 2100-01-01: a time beyond it is a mistake and would hold all later records of a raw file there. */
    private static final long LATEST_BELIEVED_NANOS = 4_102_444_800L * 1_000_000_000L;

    /** The latest time in a message; 0 when it has none, or is broken before one comes. */
    long latestNanos(byte[] bytes, int offset, int length) {
        long latest = 0;
        try {
            ProtoReader reader = new ProtoReader().reset(bytes, offset, length);
            while (reader.hasNext()) {
                latest = Math.max(latest, fieldNanos(reader, reader.tag()));
            }
        } catch (Malformed e) {
            // what was found before is found
            return latest;
        }
        return latest;
    }

    private long fieldNanos(ProtoReader reader, int tag) {
        int field = ProtoReader.field(tag);
        int type = ProtoReader.wireType(tag);
        if (type == ProtoReader.FIXED64 && times.contains(field)) {
            long nanos = reader.fixed64();
            return nanos <= LATEST_BELIEVED_NANOS ? nanos : 0;
        }
        if (type == ProtoReader.LEN && nested.containsKey(field)) {
            int length = reader.length();
            int start = reader.position();
            reader.advance(length);
            return nested.get(field).latestNanos(reader.bytes(), start, length);
        }
        reader.skip(tag);
        return 0;
    }
}
