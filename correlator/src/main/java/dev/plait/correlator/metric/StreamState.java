package dev.plait.correlator.metric;

import dev.plait.correlator.red.PackedReader;
import dev.plait.correlator.red.PackedWriter;
import dev.plait.schemas.model.ReceivedPoint.Kind;

/**
 * What is remembered of one stream: its last point. Immutable. As bytes, numbers being varints: format 1; family 8 bytes; when
 * it was last heard, milliseconds (6); start, nanoseconds (9; 1 when unknown); whether it sends deltas 1; times (1 + 9, of
 * deltas 5 or 6 for each further one); kind 1; of a histogram the hash of its bounds 8, of an exponential one its scale 1;
 * whether there is a rest 1, and the rest 8; slots that counted something: how many 1, for each the gap to the one before 1
 * and the count 1 to 9. That is 42 bytes of a sum of a million since a known start, 56 of a histogram with a hundred in each of
 * nine buckets and no start ({@code MetricStreamsTest.state_isSmall}), and a key of 30. On the heap about 350 bytes.
 *
 * @param heardMs arrival of the latest point that was counted
 * @param startEpochNanos the latest start that a point said, 0 when none did
 * @param reading of a cumulative stream its last one; of deltas, without counts, what they said beyond whole requests
 */
record StreamState(
        long stream,
        long family,
        long heardMs,
        long startEpochNanos,
        boolean delta,
        PointTimes times,
        Reading reading) {
    private static final int FORMAT = 1;

    /** What the hash of a stream includes: so it is another stream that differs in one of these. */
    boolean isLike(Kind kind, boolean isDelta, long ofFamily) {
        return reading.kind() == kind && delta == isDelta && family == ofFamily;
    }

    byte[] toBytes() {
        PackedWriter out = new PackedWriter();
        out.unsigned(FORMAT);
        out.fixed(family);
        out.signed(heardMs);
        out.unsigned(startEpochNanos);
        out.unsigned(delta ? 1 : 0);
        times.write(out);
        reading.write(out);
        return out.toBytes();
    }

    static StreamState of(long stream, byte[] bytes) {
        PackedReader in = new PackedReader(bytes);
        if (in.unsigned() != FORMAT) {
            throw new IllegalStateException("the state of a metric stream has a format that is not known");
        }
        long family = in.fixed();
        long heardMs = in.signed();
        long start = in.unsigned();
        boolean delta = in.unsigned() != 0;
        PointTimes times = PointTimes.read(in);
        Reading reading = Reading.read(in);
        return new StreamState(stream, family, heardMs, start, delta, times, reading);
    }
}
