package dev.plait.correlator.trace.view;

import dev.plait.correlator.sampling.Sampler;
import dev.plait.correlator.sampling.SamplingRules;
import dev.plait.correlator.trace.Closing;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedExemplar;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.RequestStatus;
import dev.plait.schemas.model.RootCause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the pieces of a closed trace into its record: a pure function, in O(n log n), that gives the same record for the
 * same pieces in any order. Pieces may be any garbage: absurd times, circles, several copies of a span. Safe for any thread.
 *
 * <p>Counts are the assembler's, of the whole trace. Everything else is of the pieces given: of a {@code delta} revision
 * therefore only of those that came late, so its verdict is never complete.
 */
public final class TraceDeriver {
    private final Sampler sampler;

    public TraceDeriver(SamplingRules sampling) {
        sampler = new Sampler(sampling);
    }

    /** The record of {@code closing}; several copies of one (span ID, kind) are shown as one, the fullest. */
    public CorrelatedTrace derive(
            Closing closing, List<ReceivedSpan> spans, List<ReceivedLog> logs, List<ReceivedExemplar> exemplars) {
        SpanTree tree = new SpanTree(spans);
        List<ReceivedLog> sortedLogs = PieceOrder.sorted(logs, PieceOrder.LOGS);
        ProxyLogs proxies = ProxyLogs.of(sortedLogs);
        Retries retries = new Retries(tree);
        TimeRange range = TimeRange.of(tree, sortedLogs, proxies);
        RequestStatus status = status(tree, proxies);
        Optional<RootCause> cause =
                status == RequestStatus.ERROR ? RootCauses.find(tree, proxies, retries) : Optional.empty();
        List<CriticalPath.Segment> path = CriticalPath.of(tree);
        long[] skewNanos = ClockSkew.of(tree);
        return new CorrelatedTrace(
                closing.traceId().hex(),
                closing.traceId().width(),
                closing.replaces().map(replaced -> replaced.hex()),
                closing.revision(),
                closing.delta(),
                closing.reason(),
                range.startEpochNanos(),
                range.durationNanos(),
                status,
                tree.root().stream().mapToObj(root -> Shown.root(tree, root)).findFirst(),
                proxies.gateway().map(proxy -> Shown.access(proxy, retries)),
                proxies.hops().stream()
                        .map(proxy -> Shown.access(proxy, retries))
                        .toList(),
                Services.of(tree, sortedLogs),
                Shown.spans(tree, path, skewNanos),
                sortedLogs.stream().map(Shown::log).toList(),
                PieceOrder.sorted(exemplars, PieceOrder.EXEMPLARS).stream()
                        .map(Shown::exemplar)
                        .toList(),
                List.of(),
                Shown.path(tree, path),
                cause,
                closing.counts(),
                verdict(closing, tree, proxies, skewNanos),
                tags(tree, proxies, sortedLogs, exemplars),
                sampler.decide(closing.traceId(), status, range.durationNanos(), closing.closedAtMs()));
    }

    /** The entry proxy knows best; without its log the root span; without either any failing span counts. */
    private static RequestStatus status(SpanTree tree, ProxyLogs proxies) {
        boolean failed;
        if (proxies.gateway().isPresent()) {
            failed = proxies.gateway().get().failed();
        } else if (tree.root().isPresent()) {
            failed = tree.span(tree.root().getAsInt()).error();
        } else {
            failed = tree.spans().stream().anyMatch(ReceivedSpan::error);
        }
        return failed ? RequestStatus.ERROR : RequestStatus.OK;
    }

    private static CorrelatedTrace.Verdict verdict(
            Closing closing, SpanTree tree, ProxyLogs proxies, long[] skewNanos) {
        boolean whole =
                !closing.delta() && !closing.truncated() && closing.counts().dropped() == 0;
        return new CorrelatedTrace.Verdict(
                whole && !closing.ambiguous() && tree.complete(),
                tree.root().isPresent(),
                proxies.gateway().isPresent(),
                tree.missingParents(),
                closing.ambiguous(),
                closing.truncated(),
                Arrays.stream(skewNanos).map(Math::abs).max().orElse(0));
    }

    private static Map<String, String> tags(
            SpanTree tree, ProxyLogs proxies, List<ReceivedLog> logs, List<ReceivedExemplar> exemplars) {
        List<Origin> entry = new ArrayList<>();
        proxies.gateway().ifPresent(proxy -> entry.add(proxy.log().origin()));
        tree.top().ifPresent(top -> entry.add(tree.span(top).origin()));
        Collection<Origin> all = distinct(tree.spans(), logs, exemplars);
        return Tags.of(entry, all);
    }

    /** Origins are shared by all items of one resource: comparing them by identity saves comparing their attributes. */
    private static Set<Origin> distinct(
            List<ReceivedSpan> spans, List<ReceivedLog> logs, List<ReceivedExemplar> exemplars) {
        Set<Origin> origins = Collections.newSetFromMap(new IdentityHashMap<>());
        spans.forEach(span -> origins.add(span.origin()));
        logs.forEach(log -> origins.add(log.origin()));
        exemplars.forEach(exemplar -> origins.add(exemplar.origin()));
        return origins;
    }
}
