package dev.plait.perf.load;

/**
 * What is generated: W1, Kong-like traffic. Everything follows from these numbers: the same workload gives the same bytes.
 *
 * <p>Routes are Zipf distributed (200 of them, exponent 1.1); the spans of a trace are log-normal (sigma 0.6), the first the
 * root of a Kong gateway, the second its balancer, then servers, internal steps and clients of five services with two
 * instances each, all with 12 attributes. A collector's stream interleaves the traces that are open at a time, children
 * before parents as they end, and is cut into batches; one batch is one record, grouped by resource.
 *
 * @param traces how many, 1 to 10 million
 * @param meanSpans spans of a trace on average, 1 to 10 000; none has more than ten times as many
 * @param batchSpans spans of a record, 1 to 10 000; the last one has what is left
 * @param openTraces how many traces are interleaved, 1 to 100 000
 * @param spansPerSecond how fast event time goes, in spans per second of record timestamps
 */
public record Workload(long seed, int traces, int meanSpans, int batchSpans, int openTraces, int spansPerSecond) {
    /** Record timestamps begin here: 2026-01-01T00:00:00Z. Fixed, so that a run can be repeated byte for byte. */
    public static final long START_MS = 1_767_225_600_000L;

    public Workload {
        require("traces", traces, 10_000_000);
        require("mean spans", meanSpans, 10_000);
        require("batch spans", batchSpans, 10_000);
        require("open traces", openTraces, 100_000);
        require("spans per second", spansPerSecond, 10_000_000);
    }

    /** When the {@code span}-th span of the stream arrives, milliseconds. */
    public long arrivalMs(long span) {
        return START_MS + span * 1000 / spansPerSecond;
    }

    private static void require(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " is not in 1 to " + most);
        }
    }
}
