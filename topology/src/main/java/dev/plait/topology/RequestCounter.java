package dev.plait.topology;

import dev.plait.correlator.graph.EdgeKeys;
import dev.plait.correlator.graph.TimedEdge;
import dev.plait.correlator.graph.TraceEdges;
import dev.plait.correlator.measure.MeasureReader;
import dev.plait.correlator.red.RedRules;
import dev.plait.correlator.red.RequestReader;
import dev.plait.correlator.red.SeriesKeys;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.SliceReader;
import dev.plait.topology.config.PlaitConfig;
import java.math.BigInteger;
import java.util.BitSet;

/**
 * Counts requests where they arrive: each fresh item that is one is read, added to its RED series and to the SLOs that count
 * it; the numbers of business measures are read of fresh items too. What a frame added leaves at once. Service-graph edges and evidence come from closed traces and leave together at
 * the end of a sweep.
 */
final class RequestCounter {
    /** A request that claims to have ended later than this after it arrived is placed where it arrived. */
    static final long MAX_AHEAD_MS = ArrivalClock.MAX_AHEAD_MS;

    private final RedRules rules;
    private final SeriesKeys series;
    private final SloSelector slos;
    private final DeltaSender sender;
    private final TaskCounters counters;
    private final SliceReader slices = new SliceReader();
    private final RequestReader requests = new RequestReader();
    private final MeasureReader measures;
    private final DeltaSet counted;
    private final DeltaSet closed;
    private long closedAtMs;

    RequestCounter(PlaitConfig config, SloDefinitionFeed definitions, DeltaSender sender, TaskCounters counters) {
        this.rules = WindowTask.rules(config);
        this.series = new SeriesKeys(config.red().tags());
        this.slos = new SloSelector(definitions, counters);
        this.measures = new MeasureReader(config.measures());
        this.sender = sender;
        this.counters = counters;
        this.counted = new DeltaSet(config.application().partitions());
        this.closed = new DeltaSet(config.application().partitions());
    }

    /**
     * Counts those items of a frame that are requests, and those that carry a measure.
     *
     * @param items whose first copy they are
     * @param traced whether items carry a trace ID; else its slots hold a request's
     */
    void count(Frame frame, BitSet items, boolean traced, long watermarkMs) {
        for (int item = items.nextSetBit(0); item >= 0; item = items.nextSetBit(item + 1)) {
            if (counts(frame.flags(item))) {
                count(frame, item, traced);
            }
        }
        sender.send(counted, watermarkMs, frame.arrivalMs());
    }

    /** Whether an item may be a request or carry a measure, as its frame's index tells. */
    boolean counts(int itemFlags) {
        return RequestReader.counts(itemFlags) || measures.reads(itemFlags);
    }

    private void count(Frame frame, int item, boolean traced) {
        long high = traced ? frame.traceHigh(item) : 0;
        long low = traced ? frame.traceLow(item) : 0;
        long arrivalMs = frame.arrivalMs();
        if (ItemFlags.signal(frame.flags(item)) == ItemFlags.SPAN) {
            ReceivedSpan span = slices.span(frame, item);
            requests.read(span, high, low).ifPresent(request -> count(request, arrivalMs));
            measures.read(span, measured(arrivalMs));
        } else {
            ReceivedLog log = slices.log(frame, item);
            requests.read(log, high, low).ifPresent(request -> count(request, arrivalMs));
            measures.read(log, measured(arrivalMs));
        }
    }

    private MeasureReader.Output measured(long arrivalMs) {
        return new MeasureReader.Output() {
            @Override
            public void measured(String seriesKey, long timeEpochNanos, BigInteger billionths) {
                long windowStartMs = windowStartMs(placedMs(timeEpochNanos, arrivalMs), arrivalMs);
                counted.of(seriesKey).measure(seriesKey, windowStartMs).add(billionths);
                counters.add("measure-values", 1);
            }

            @Override
            public void ignored(String reason) {
                counters.add("measure-values-ignored", reason, 1);
            }
        };
    }

    private void count(CountedRequest request, long arrivalMs) {
        long endMs = placedMs(request.endEpochNanos(), arrivalMs);
        String key = series.of(request);
        counted.of(key).red(key, windowStartMs(endMs, arrivalMs)).add(request);
        slos.select(request, (slo, good) -> tally(slo, endMs, good, request, 1));
        counters.add("requests-counted", request.source().label(), 1);
    }

    private void tally(SloKey slo, long endMs, boolean good, CountedRequest request, long count) {
        SloTally tally = counted.of(slo).slo(slo, SloSelector.bucketMs(endMs));
        if (good) {
            tally.good(count);
        } else {
            tally.bad(request, count);
        }
    }

    /** Counts requests that a point of a metric tells of, for SLOs alone; they leave with the next {@link #count}. */
    void metric(String metric, CountedRequest request, long count, long arrivalMs) {
        long endMs = placedMs(request.endEpochNanos(), arrivalMs);
        slos.select(metric, request, (slo, good) -> tally(slo, endMs, good, request, count));
        counters.add("requests-counted", request.source().label(), count);
    }

    /** Takes the edge of an access log that has no trace, as soon as that is known. */
    void untraced(Frame frame, int item, long atMs) {
        closedAtMs = atMs;
        TraceEdges.edge(slices.log(frame, item)).ifPresent(edge -> add(closed, edge, frame.arrivalMs()));
    }

    /** Takes the edges of a closed trace that were not there at its revision before, and what it tells of bad requests. */
    void closed(ClosedPieces pieces, CorrelatedTrace trace) {
        closedAtMs = pieces.closing().closedAtMs();
        TraceEdges.edges(trace, pieces::isNew, pieces::isNew).forEach(edge -> add(closed, edge, closedAtMs));
        if (pieces.closing().revision() == 1 && !slos.isEmpty()) {
            TraceEvidence evidence = new TraceEvidence(trace);
            pieces.requests(requests)
                    .forEach(request -> slos.select(request, (slo, good) -> {
                        if (!good) {
                            evidence.add(closed.of(slo).evidence(slo), slo, request);
                        }
                    }));
        }
    }

    /** Sends what {@link #closed} and {@link #untraced} took since the last call. */
    void sendClosed(long watermarkMs) {
        sender.send(closed, watermarkMs, closedAtMs);
    }

    private void add(DeltaSet to, TimedEdge edge, long arrivalMs) {
        long endMs = placedMs(edge.endEpochNanos(), arrivalMs);
        String key = EdgeKeys.of(edge);
        to.of(key).edge(key, windowStartMs(endMs, arrivalMs)).add(edge);
    }

    private long windowStartMs(long endMs, long arrivalMs) {
        return rules.windowStartMs(endMs * 1_000_000, arrivalMs);
    }

    private long placedMs(long endEpochNanos, long arrivalMs) {
        long endMs = endEpochNanos / 1_000_000;
        if (endEpochNanos > 0 && endMs <= arrivalMs + MAX_AHEAD_MS) {
            return endMs;
        }
        counters.add("request-times-clamped", 1);
        return Math.max(0, arrivalMs);
    }
}
