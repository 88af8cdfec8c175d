package dev.plait.app.backtest;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.SignalSink;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.topology.InputDecoders;
import dev.plait.topology.config.PlaitConfig;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The latest time in one record, found by reading it with its topic's decoder: start and end of spans and their events, the
 * times of logs and of points with exemplars. Empty when the record holds no good item with a time. One thread.
 */
public final class LatestTime implements SignalSink {
    private long latestNanos;

    private LatestTime() {}

    /** For the records of {@code topic}, which a source of {@code config} covers; milliseconds since the epoch. */
    public static Function<byte[], OptionalLong> of(PlaitConfig config, String topic) {
        Decoder decoder = new InputDecoders(config).of(topic).decoder();
        LatestTime latest = new LatestTime();
        return value -> latest.in(value, decoder);
    }

    /** The latest time, in nanoseconds since the epoch, of one item with {@code flags} as a decoder hands it over; 0: none. */
    public static long ofItem(int flags, byte[] bytes, int offset, int length) {
        TimeFields fields = switch (ItemFlags.signal(flags)) {
            case ItemFlags.SPAN -> TimeFields.SPAN;
            case ItemFlags.LOG -> TimeFields.LOG;
            default -> TimeFields.METRIC;
        };
        return fields.latestNanos(bytes, offset, length);
    }

    private OptionalLong in(byte[] value, Decoder decoder) {
        latestNanos = 0;
        // a refused record may still have named a time: it is a dead letter of about then
        var unused = decoder.decode(value, this);
        return latestNanos > 0 ? OptionalLong.of(latestNanos / 1_000_000) : OptionalLong.empty();
    }

    @Override
    public void item(
            long traceHigh,
            long traceLow,
            long spanId,
            long parentOrHash,
            int flags,
            int resource,
            int scope,
            byte[] bytes,
            int offset,
            int length) {
        latestNanos = Math.max(latestNanos, ofItem(flags, bytes, offset, length));
    }
}
