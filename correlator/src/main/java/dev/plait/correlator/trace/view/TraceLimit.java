package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes a trace's record fit a limit, visibly: {@code verdict.truncated} is set and {@code counts.dropped} grows by what is
 * not in the record any more. Each step stops as soon as the record fits:
 *
 * <ol>
 *   <li>bodies of logs, the largest first; access logs keep theirs
 *   <li>attributes of those logs, of exemplars, then (with events and links) of middle spans, the largest first
 *   <li>middle spans: those off the critical path first, of these the shortest first
 *   <li>logs other than access logs, the least severe and latest first; exemplars; context
 *   <li>of what is left (root, error spans, access logs): texts cut to 256 characters, then bare: no attributes, 64
 *   <li>the critical path, then all other texts cut to 64 characters and lists to 16 entries
 *   <li>access logs, then error spans, the latest first: only when nothing but those is left and is still too much
 * </ol>
 *
 * <p>The root and the span of the root cause always stay. Sizes are {@link JsonSize} estimates, never too low. 256 KiB
 * suffice for any trace; below that a record may stay larger than asked. Never throws; O(n log n).
 */
public final class TraceLimit {
    private static final int SHORT_TEXT = 256;
    private static final int BARE_TEXT = 64;

    private static final Comparator<TraceSpan> LEAST_TELLING =
            Comparator.comparing(TraceSpan::onCriticalPath).thenComparingLong(TraceSpan::durationNanos);
    private static final Comparator<TraceSpan> LATEST_SPAN =
            Comparator.comparingLong(TraceSpan::startEpochNanos).reversed();
    private static final Comparator<TraceLog> LATEST_LOG =
            Comparator.comparingLong(TraceLog::timeEpochNanos).reversed();
    private static final Comparator<TraceLog> LEAST_SEVERE =
            Comparator.comparingInt(TraceLog::severityNumber).thenComparing(LATEST_LOG);
    private static final Comparator<CorrelatedTrace.Exemplar> LATEST_EXEMPLAR =
            Comparator.comparingLong(CorrelatedTrace.Exemplar::timeEpochNanos).reversed();

    private final SizedList<TraceSpan> spans;
    private final SizedList<TraceLog> logs;
    private final SizedList<CorrelatedTrace.Exemplar> exemplars;
    private final Set<Long> accessTimes = new HashSet<>();
    private CorrelatedTrace frame;
    private long excess;

    private TraceLimit(CorrelatedTrace trace, long maxBytes) {
        frame = trace;
        spans = new SizedList<>(trace.spans(), JsonSize::of);
        logs = new SizedList<>(trace.logs(), JsonSize::of);
        exemplars = new SizedList<>(trace.exemplars(), JsonSize::of);
        trace.gateway().ifPresent(gateway -> accessTimes.add(gateway.startEpochNanos()));
        trace.hops().forEach(hop -> accessTimes.add(hop.startEpochNanos()));
        excess = JsonSize.of(trace) - maxBytes;
    }

    /** The same trace when it fits {@code maxBytes} of JSON. */
    public static CorrelatedTrace fit(CorrelatedTrace trace, long maxBytes) {
        TraceLimit limit = new TraceLimit(trace, maxBytes);
        return limit.excess <= 0 ? trace : limit.cut();
    }

    private CorrelatedTrace cut() {
        excess -= logs.shrink(excess, log -> !isAccess(log), LeanPiece::withoutBody);
        excess -= logs.shrink(excess, log -> !isAccess(log), LeanPiece::withoutAttributes);
        excess -= exemplars.shrink(excess, exemplar -> true, LeanPiece::withoutAttributes);
        excess -= spans.shrink(excess, this::isMiddle, LeanPiece::withoutAttributes);
        excess -= spans.drop(excess, this::isMiddle, LEAST_TELLING);
        excess -= logs.drop(excess, log -> !isAccess(log), LEAST_SEVERE);
        excess -= exemplars.drop(excess, exemplar -> true, LATEST_EXEMPLAR);
        reframe(LeanTrace.withoutContext(frame));
        excess -= spans.shrink(excess, span -> true, span -> LeanPiece.shortened(span, SHORT_TEXT));
        excess -= logs.shrink(excess, log -> true, log -> LeanPiece.bare(log, SHORT_TEXT));
        excess -= spans.shrink(excess, span -> true, span -> LeanPiece.bare(span, BARE_TEXT));
        excess -= logs.shrink(excess, log -> true, log -> LeanPiece.bare(log, BARE_TEXT));
        reframe(LeanTrace.withoutPath(frame));
        reframe(LeanTrace.bare(frame));
        excess -= logs.drop(excess, log -> true, LATEST_LOG);
        excess -= spans.drop(excess, span -> !isRoot(span) && !isCause(span), LATEST_SPAN);
        return LeanTrace.truncated(
                frame,
                spans.items(),
                logs.items(),
                exemplars.items(),
                (long) spans.dropped() + logs.dropped() + exemplars.dropped());
    }

    private void reframe(CorrelatedTrace leaner) {
        if (excess > 0) {
            excess -= JsonSize.withoutPieces(frame) - JsonSize.withoutPieces(leaner);
            frame = leaner;
        }
    }

    private boolean isMiddle(TraceSpan span) {
        return !span.error() && !isRoot(span);
    }

    private boolean isRoot(TraceSpan span) {
        return frame.root()
                .filter(root -> root.spanId().equals(span.spanId()) && root.kind() == span.kind())
                .isPresent();
    }

    private boolean isCause(TraceSpan span) {
        return span.error()
                && frame.rootCause()
                        .flatMap(cause -> cause.spanId())
                        .filter(span.spanId()::equals)
                        .isPresent();
    }

    /** A shown log does not say whether it is an access log: its source does, or that a gateway or hop began with it. */
    private boolean isAccess(TraceLog log) {
        return !log.source().equals(Source.OTLP.label()) || accessTimes.contains(log.timeEpochNanos());
    }
}
