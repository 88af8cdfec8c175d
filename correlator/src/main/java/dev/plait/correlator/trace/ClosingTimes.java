package dev.plait.correlator.trace;

import dev.plait.schemas.model.CloseReason;

/**
 * When a trace closes and why. All times are arrival times in milliseconds, so the same pieces give the same deadline in
 * whatever order they are appended. With the default rules, seconds since the first piece:
 *
 * <ul>
 *   <li>Root (ended) at 0, its child at 2: no parent was ever missing, so complete since 0. Closes at 0 + 6 = 6,
 *       ROOT_COMPLETE. {@code close_afterRootWhenNothingMisses}
 *   <li>Grandchild at 0, root at 1, the child between them at 4: complete since 4. Closes at 10, ROOT_COMPLETE.
 *       {@code close_countsFromThePieceThatCompleted}
 *   <li>Root at 0, at 3 a span whose parent is unknown: incomplete again. Closes at 3 + 10 = 13, IDLE.
 *       {@code close_idleWhenLaterPieceOpensGap}
 *   <li>Pieces at 0, 9, 18, 27, 36, 45, 54, no root: idle would be 64, closes at 0 + 60 = 60, MAX_AGE.
 *       {@code close_maxAgeThoughPiecesKeepComing}
 *   <li>Closed at 6, late spans at 20 and 24 (the pieces are kept until 36): next revision at 20 + 6 = 26 with all pieces; the
 *       second did not extend it. {@code late_revisionIsWholeAndNotExtended}
 *   <li>Closed at 6, a late span at 40: next revision at 46, a delta. At 607 instead: at 613, a delta, LATE.
 *       {@code late_deltaAfterKeepClosed}, {@code late_beyondWindowIsLate}
 *   <li>Closed by a limit at 60, pieces at 62, 70, 78: after-root is not armed; one revision at 78 + 10 = 88.
 *       {@code limit_givesExactlyOneMoreRevisionAtIdle}
 * </ul>
 *
 * <p>A trace that never falls idle after a limit (one trace ID on all requests is a known fault) is closed once more when the
 * late window has passed since the limit, or max-age when it is over its spans or bytes, since it holds frames.
 */
final class ClosingTimes {
    /** Due whatever the clock says. */
    static final long AT_ONCE = Long.MIN_VALUE;

    private final TraceRules rules;

    ClosingTimes(TraceRules rules) {
        this.rules = rules;
    }

    /** The deadline of a trace that waits, or {@link #AT_ONCE}. */
    long dueMs(OpenTrace open) {
        if (open.limit != null) {
            return AT_ONCE;
        }
        return open.entry.isClosed() ? lateDueMs(open) : Math.min(quietDueMs(open), open.firstMs + rules.maxAgeMs());
    }

    /** What {@code closedAtMs} will be. */
    long closedAtMs(OpenTrace open, long dueMs) {
        if (dueMs != AT_ONCE) {
            return dueMs;
        }
        return open.entry.isClosed() ? Math.max(open.lateLastMs, open.entry.closedAtMs) : open.lastMs;
    }

    /** Why it closes at its deadline. {@code complete}: of the trace as it will be emitted. */
    CloseReason reason(OpenTrace open, long dueMs, boolean complete) {
        if (open.limit != null) {
            return open.limit;
        }
        TraceEntry entry = open.entry;
        if (!entry.isClosed()) {
            return dueMs < quietDueMs(open)
                    ? CloseReason.MAX_AGE
                    : complete ? CloseReason.ROOT_COMPLETE : CloseReason.IDLE;
        }
        if (open.lateFromMs > entry.closedAtMs + rules.lateWindowMs()) {
            return CloseReason.LATE;
        }
        if (entry.is(ClosedTrace.LIMITED) && dueMs < limitedIdleMs(open)) {
            return CloseReason.MAX_AGE;
        }
        return complete ? CloseReason.ROOT_COMPLETE : CloseReason.IDLE;
    }

    private long quietDueMs(OpenTrace open) {
        return open.spans.complete() ? open.completeAtMs() + rules.afterRootMs() : open.lastMs + rules.idleGapMs();
    }

    private long lateDueMs(OpenTrace open) {
        TraceEntry entry = open.entry;
        if (!entry.is(ClosedTrace.LIMITED)) {
            // a late piece may have arrived before the deadline and come after it; revisions do not go back in time
            return Math.max(open.lateFromMs, entry.closedAtMs) + rules.afterRootMs();
        }
        long boundMs = entry.is(ClosedTrace.OVER) ? rules.maxAgeMs() : rules.lateWindowMs();
        return Math.min(limitedIdleMs(open), Math.max(open.lateFromMs, entry.closedAtMs) + boundMs);
    }

    private long limitedIdleMs(OpenTrace open) {
        return Math.max(open.lateLastMs, open.entry.closedAtMs) + rules.idleGapMs();
    }
}
