package dev.plait.ingest.prometheus;

import dev.plait.ingest.prometheus.SeriesReader.BadSeries;

/** Prometheus' milliseconds as OTLP's nanoseconds. */
final class PointTime {
    private static final long NANOS_PER_MS = 1_000_000;

    /** In the year 2262. */
    private static final long MAX_MS = Long.MAX_VALUE / NANOS_PER_MS;

    private PointTime() {}

    /** @throws BadSeries on a time before 1970 or after 2262, which no sample has */
    static long nanos(long ms) throws BadSeries {
        if (ms <= 0 || ms > MAX_MS) {
            throw new BadSeries("a sample at " + ms + " ms");
        }
        return ms * NANOS_PER_MS;
    }

    /** 0, unknown, for what is no time. */
    static long nanosOrZero(long ms) {
        return ms <= 0 || ms > MAX_MS ? 0 : ms * NANOS_PER_MS;
    }
}
