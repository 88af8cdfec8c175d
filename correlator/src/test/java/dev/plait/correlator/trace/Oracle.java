package dev.plait.correlator.trace;

import dev.plait.schemas.model.CloseReason;
import dev.plait.schemas.model.CorrelatedTrace.Counts;
import dev.plait.schemas.model.ItemFlags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rules of traces written down as they are told, with no thought of cost: every trace keeps every copy, and everything is
 * worked out anew from them at each step. Shares nothing with the assembler but the rules' numbers. Knows one width of ID and
 * no limits of size.
 */
final class Oracle {
    /** What a closing says, without where its pieces are. */
    record Said(
            long low,
            int revision,
            boolean delta,
            CloseReason reason,
            long closedAtMs,
            Counts counts,
            Set<String> shown) {}

    /** A copy that counts, with the revision after which it came. */
    private record Copy(Piece piece, long arrivalMs, int after, int order) {}

    private static final class Trace {
        final List<Copy> copies = new ArrayList<>();
        final List<Copy> late = new ArrayList<>();
        int revision;
        long firstClosedAtMs;
        long closedAtMs;
        boolean complete;
        boolean limited;
        boolean released;
    }

    final List<Said> said = new ArrayList<>();
    int fresh;
    private final TraceRules rules;
    private final Map<Long, Trace> traces = new TreeMap<>();
    private int order;

    Oracle(TraceRules rules) {
        this.rules = rules;
    }

    void step(long clockMs, TestFrame frame) {
        close(clockMs);
        for (Piece piece : frame.pieces()) {
            add(piece.low(), piece, frame.arrivalMs());
        }
        expire(clockMs);
    }

    void close(long clockMs) {
        record Due(long low, Trace trace, long atMs) {}
        traces.entrySet().stream()
                .filter(e -> e.getValue().revision == 0 || !e.getValue().late.isEmpty())
                .map(e -> new Due(e.getKey(), e.getValue(), dueMs(e.getValue())))
                .filter(due -> due.atMs <= clockMs)
                .sorted(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::low))
                .forEach(due -> close(due.low, due.trace, due.atMs));
    }

    void expire(long clockMs) {
        for (Trace trace : traces.values()) {
            boolean whole = !trace.late.isEmpty() && earliest(trace.late) <= keptUntilMs(trace);
            if (trace.revision > 0 && !trace.released && clockMs > keptUntilMs(trace) && !whole) {
                trace.released = true;
                if (trace.late.isEmpty()) {
                    trace.copies.removeIf(copy -> copy.after == trace.revision);
                }
            }
        }
    }

    private void add(long low, Piece piece, long arrivalMs) {
        Trace known = traces.get(low);
        boolean forgotten = known != null
                && known.revision > 0
                && known.late.isEmpty()
                && arrivalMs > known.closedAtMs + 2 * rules.lateWindowMs();
        Trace trace = known == null || forgotten ? new Trace() : known;
        traces.put(low, trace);
        List<Copy> before = of(trace.copies, piece.key());
        boolean news = before.isEmpty() || piece.ended() && before.stream().noneMatch(copy -> copy.piece.ended());
        fresh += news && piece.ended() ? 1 : 0;
        if (trace.revision == 0 || news || !trace.released || !trace.late.isEmpty()) {
            Copy copy = new Copy(piece, arrivalMs, trace.revision, order++);
            trace.copies.add(copy);
            if (trace.revision > 0 && news) {
                trace.late.add(copy);
            }
        }
    }

    private long keptUntilMs(Trace trace) {
        return Math.min(trace.closedAtMs + rules.keepClosedMs(), trace.firstClosedAtMs + rules.lateWindowMs());
    }

    private long dueMs(Trace trace) {
        if (trace.revision == 0) {
            return Math.min(quietMs(trace), earliest(trace.copies) + rules.maxAgeMs());
        }
        long from = Math.max(earliest(trace.late), trace.closedAtMs);
        return trace.limited ? Math.min(idleMs(trace), from + rules.lateWindowMs()) : from + rules.afterRootMs();
    }

    private long idleMs(Trace trace) {
        return Math.max(latest(trace.late), trace.closedAtMs) + rules.idleGapMs();
    }

    private long quietMs(Trace trace) {
        long completeAtMs = completeAtMs(trace.copies);
        return completeAtMs == Long.MAX_VALUE
                ? latest(trace.copies) + rules.idleGapMs()
                : completeAtMs + rules.afterRootMs();
    }

    /** The first arrival from which on, at every arrival, a root had ended and no parent was missing. */
    private static long completeAtMs(List<Copy> copies) {
        long since = Long.MAX_VALUE;
        List<Long> arrivals =
                copies.stream().map(Copy::arrivalMs).distinct().sorted().toList();
        for (long arrivalMs : arrivals) {
            List<Piece> spans = copies.stream()
                    .filter(copy -> copy.arrivalMs <= arrivalMs && copy.piece.signal() == ItemFlags.SPAN)
                    .map(Copy::piece)
                    .toList();
            Set<Long> ids = spans.stream().map(Piece::spanId).collect(Collectors.toSet());
            boolean root = spans.stream().anyMatch(s -> s.parentId() == 0 && s.ended());
            boolean complete = root && spans.stream().allMatch(s -> s.parentId() == 0 || ids.contains(s.parentId()));
            since = complete ? Math.min(since, arrivalMs) : Long.MAX_VALUE;
        }
        return since;
    }

    private void close(long low, Trace trace, long atMs) {
        boolean delta = trace.revision > 0 && (trace.released || earliest(trace.late) > keptUntilMs(trace));
        Set<Long> ids = trace.copies.stream().map(c -> c.piece.spanId()).collect(Collectors.toSet());
        boolean complete = delta
                ? trace.complete
                        && trace.copies.stream()
                                .allMatch(c -> c.piece.parentId() == 0 || ids.contains(c.piece.parentId()))
                : completeAtMs(trace.copies) != Long.MAX_VALUE;
        CloseReason reason = complete ? CloseReason.ROOT_COMPLETE : CloseReason.IDLE;
        if (trace.revision == 0 && atMs < quietMs(trace) || trace.limited && atMs < idleMs(trace)) {
            reason = CloseReason.MAX_AGE;
        }
        if (trace.revision > 0 && earliest(trace.late) > trace.closedAtMs + rules.lateWindowMs()) {
            reason = CloseReason.LATE;
        }
        if (delta) {
            int firstLate = trace.late.get(0).order;
            trace.copies.removeIf(copy -> copy.after == trace.revision && copy.order < firstLate);
        }
        Set<String> shown = shown(trace, delta);
        trace.released = delta || trace.limited;
        trace.revision++;
        trace.complete = complete;
        trace.limited |= reason == CloseReason.MAX_AGE;
        trace.closedAtMs = atMs;
        trace.firstClosedAtMs = trace.revision == 1 ? atMs : trace.firstClosedAtMs;
        trace.late.clear();
        said.add(new Said(low, trace.revision, delta, reason, atMs, counts(trace), shown));
    }

    private static Set<String> shown(Trace trace, boolean delta) {
        Set<String> shown = new HashSet<>();
        for (String key : keys(trace)) {
            List<Copy> copies = of(trace.copies, key);
            if (delta) {
                List<Copy> earlier =
                        copies.stream().filter(c -> c.after < trace.revision).toList();
                boolean endedEarlier = earlier.stream().anyMatch(c -> c.piece.ended());
                copies = copies.stream()
                        .filter(c ->
                                c.after == trace.revision && (earlier.isEmpty() || !endedEarlier && c.piece.ended()))
                        .toList();
            }
            Comparator<Copy> completeness =
                    Comparator.<Copy, Boolean>comparing(c -> c.piece.ended()).thenComparing(c -> c.piece.sizeBytes());
            List<Copy> choice = copies;
            choice.stream()
                    .filter(copy -> choice.stream().noneMatch(other -> completeness.compare(other, copy) > 0))
                    .forEach(best -> shown.add(best.piece.toString()));
        }
        return shown;
    }

    private static Counts counts(Trace trace) {
        Set<String> keys = keys(trace);
        long errors = keys.stream()
                .map(key -> of(trace.copies, key))
                .filter(copies -> copies.get(0).piece.signal() == ItemFlags.SPAN)
                .filter(copies -> copies.stream()
                        .anyMatch(
                                c -> c.after == copies.get(0).after && ItemFlags.has(c.piece.flags(), ItemFlags.ERROR)))
                .count();
        return new Counts(
                keys.stream().filter(k -> k.startsWith("span")).count(),
                errors,
                keys.stream()
                        .filter(k -> k.startsWith("signal " + ItemFlags.LOG))
                        .count(),
                keys.stream()
                        .filter(k -> k.startsWith("signal " + ItemFlags.EXEMPLAR))
                        .count(),
                trace.copies.size() - keys.size(),
                0);
    }

    private static Set<String> keys(Trace trace) {
        return trace.copies.stream().map(c -> c.piece.key()).collect(Collectors.toSet());
    }

    private static List<Copy> of(List<Copy> copies, String key) {
        return copies.stream().filter(c -> c.piece.key().equals(key)).toList();
    }

    private static long earliest(List<Copy> copies) {
        return copies.stream().mapToLong(Copy::arrivalMs).min().orElseThrow();
    }

    private static long latest(List<Copy> copies) {
        return copies.stream().mapToLong(Copy::arrivalMs).max().orElseThrow();
    }
}
