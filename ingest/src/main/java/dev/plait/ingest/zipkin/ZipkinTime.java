package dev.plait.ingest.zipkin;

import dev.plait.ingest.accesslog.EpochTime;
import dev.plait.ingest.span.SpanOutput;
import dev.plait.ingest.span.SpanRecord;

/**
 * Zipkin's times, microseconds, as nanoseconds. A time in another unit is told by its size and counted ({@code time_unit}), and
 * its duration is taken to be in the same unit; one that is no time of our age is taken as it is, and counted ({@code
 * bad_time}). A span without a duration has not ended: another report of it may say how it did.
 */
final class ZipkinTime {
    private static final long MICROSECOND = 1_000;
    private static final long MAX_DURATION_NANOS = 86_400_000_000_000L;

    private final SpanOutput output;

    ZipkinTime(SpanOutput output) {
        this.output = output;
    }

    /** Sets start and end of numbers that are not negative, 0 for none. */
    void span(SpanRecord span, long timestamp, long duration) {
        long unit = unit(timestamp);
        long start = times(timestamp, unit);
        if (start == 0 || duration == 0) {
            span.times(start, 0);
            return;
        }
        long nanos = times(duration, unit);
        boolean beyond = nanos == 0 || nanos > Long.MAX_VALUE - start;
        if (beyond || nanos > MAX_DURATION_NANOS) {
            output.normalised("long_duration");
        }
        span.times(start, beyond ? 0 : start + nanos);
    }

    /** Of an annotation; 0 for none. */
    long moment(long timestamp) {
        return timestamp <= 0 ? 0 : times(timestamp, unit(timestamp));
    }

    private long unit(long timestamp) {
        long unit = EpochTime.unitNanos((double) timestamp);
        if (unit == 0 && timestamp != 0) {
            output.normalised("bad_time");
        } else if (unit != 0 && unit != MICROSECOND) {
            output.normalised("time_unit");
        }
        return unit == 0 ? MICROSECOND : unit;
    }

    /** 0 when it is beyond what nanoseconds can say. */
    private static long times(long number, long unit) {
        return number > Long.MAX_VALUE / unit ? 0 : number * unit;
    }
}
