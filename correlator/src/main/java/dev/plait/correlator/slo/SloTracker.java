package dev.plait.correlator.slo;

import dev.plait.correlator.DurableBytes;
import dev.plait.correlator.alert.Readings;
import dev.plait.correlator.alert.SloAlerts;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything of one SLO key (an SLO, or one group of it): exact counts, status, alerts and their evidence.
 *
 * <p>Times are milliseconds; the clock is arrival time and never goes back (an older one is taken as nothing new). Decisions
 * depend on the second of the clock in which something was counted, not on the order within it. Evaluated by {@link #advance}
 * once a second of the clock when something was counted, and every 30 s; alerts begin at any evaluation and end every 30 s, so a
 * rate just about its limit does not flap by the second. Which requests a window contains: {@link WindowSums}.
 *
 * <p>A status is written at once when its state or a pair of windows changes, else every 10 s when counts changed, and every
 * 30 s; the latter two, while the clock is more than a minute behind the wall, at most once a second of the wall. Its state is FIRING or PENDING when an alert is; NO_DATA when nothing was counted in the longest long window of the rule
 * that pages; INSUFFICIENT_DATA when a condition would hold but too little was counted to fire; else OK.
 *
 * <p>All state is in {@code pages} whenever a call returns. A tracker that is built anew from them goes on exactly as the old
 * one would have. With requests in every ten seconds of 30 days it keeps 20 KB in 50 pages (25 KB as a map on the heap; 6 KB more
 * in the hour after bad requests in every minute) and 4 KB beside: 10 000 such groups take 300 MB. {@code MemoryTest} holds the
 * pages to it. Not thread safe.
 */
public final class SloTracker {
    /** Cannot be in a key, so no key's pages begin like another's. */
    private static final String SEPARATOR = "\0";

    private static final long SECOND_MS = 1_000;
    private static final long EVALUATED_EACH_MS = 30_000;
    private static final long STATUS_EACH_MS = 10_000;

    /** A clock further behind the wall makes up for what it missed. */
    private static final long BEHIND_MS = 60_000;

    /** Requests timed later than this after the clock are refused: clocks are not that wrong, units may be. */
    private static final long AHEAD_MS = 3_600_000;

    private final Map<String, String> group;
    private final long lateWindowMs;
    private final DurableBytes pages;
    private final TrackerState state;
    private final LeveledCounts counts;
    private final EvidenceLog evidence;
    private SloDefinition definition;
    private Windows windows;
    private WindowSums sums;
    private Statuses statuses;
    private SloAlerts alerts;
    private long dueMs;
    private long toldWallMs = TrackerState.NEVER;

    /** Where what an evaluation finds goes. */
    public interface Output {
        void status(SloStatus status);

        void alert(Alert alert);
    }

    /**
     * Goes on with what {@code pages} hold of its key.
     *
     * @param pages may be shared by any number of trackers
     * @param lateWindowMs a request that ended longer before the clock is not counted
     */
    public SloTracker(SloDefinition definition, Map<String, String> group, long lateWindowMs, DurableBytes pages) {
        this.group = Map.copyOf(group);
        this.lateWindowMs = lateWindowMs;
        this.pages = new PrefixedBytes(pages, key(definition.name(), group) + SEPARATOR);
        state = new TrackerState(this.pages);
        counts = new LeveledCounts(this.pages);
        counts.foldedTo(state.foldedMinutes, state.foldedHours);
        evidence = new EvidenceLog(this.pages);
        use(definition);
        dueMs = alerts.hasOrphans() ? Long.MIN_VALUE : nextDueMs();
    }

    /**
     * The key of its records: {@code name} or {@code name/region=eu,route=pay-v1}, by name. Percent, slash, comma, equals and
     * control characters are written {@code %XX}.
     */
    public static String key(String slo, Map<String, String> group) {
        return SloKey.of(slo, group);
    }

    /**
     * Goes on with a changed definition of the same SLO. What was counted stays, and windows that are new begin with it, as far
     * back as it was kept. Alerts whose labels no rule has any more are resolved at the next evaluation.
     */
    public void define(SloDefinition changed) {
        if (!changed.name().equals(definition.name())) {
            throw new IllegalArgumentException(changed.name() + " is not " + definition.name());
        }
        use(changed);
        dueMs = Long.MIN_VALUE;
    }

    /**
     * Counts requests, also such that ended up to the late window before the clock, or shortly after it (windows see these when
     * the clock gets there). False when they are too late, or more than an hour early, and not counted.
     */
    public boolean count(SloCount count, long clockMs) {
        long second = Math.floorDiv(clockMs, SECOND_MS) * SECOND_MS;
        if (count.bucketMs() + SloCount.BUCKET_MS <= second - lateWindowMs || count.bucketMs() > second + AHEAD_MS) {
            return false;
        }
        if (count.good() + count.bad() == 0) {
            return true;
        }
        begin(second);
        long ten = Level.TENS.bucket(count.bucketMs());
        counts.add(ten, count.good(), count.bad());
        sums.add(ten, count.good(), count.bad());
        evidence.add(count, second);
        if (!state.changed || second > state.countedAtMs) {
            state.countedAtMs = Math.max(state.countedAtMs, second);
            state.changed = true;
            state.untold = true;
            state.write();
            dueMs = Math.min(dueMs, nextDueMs());
        }
        return true;
    }

    /** Takes what closed traces tell; alerts tell it with their next record. */
    public void evidence(SloEvidence found, long clockMs) {
        evidence.add(found, Math.floorDiv(clockMs, SECOND_MS) * SECOND_MS);
    }

    /** Evaluates, if it is due, and says so; else costs one comparison. */
    public boolean advance(long clockMs, long wallMs, Output out) {
        if (clockMs < dueMs || clockMs <= state.evaluatedAtMs) {
            return false;
        }
        evaluate(clockMs, wallMs, out);
        return true;
    }

    /** The definition is gone: resolves what is active, once, and deletes all state. The tracker must not be used any more. */
    public void retire(long clockMs, Output out) {
        alerts.retire(clockMs, out::alert);
        List<String> keys = new ArrayList<>();
        pages.forEach("", (key, page) -> keys.add(key));
        keys.forEach(pages::delete);
        dueMs = Long.MAX_VALUE;
    }

    /** Whether nothing was counted for a whole period and no alert is active. */
    public boolean forgettable(long clockMs) {
        return !state.isNew() && clockMs - quietSinceMs() >= windows.periodMs() && !alerts.isActive();
    }

    private void use(SloDefinition used) {
        definition = used;
        windows = Windows.of(used);
        sums = new WindowSums(windows.widthsMs(), counts);
        statuses = new Statuses(used, group, windows);
        alerts = new SloAlerts(used, group, pages);
    }

    private void begin(long clockMs) {
        if (state.isNew()) {
            state.knownSinceMs = clockMs;
            counts.foldedTo(Level.MINUTES.bucket(clockMs), Level.HOURS.bucket(clockMs));
            state.foldedMinutes = counts.foldedMinutes();
            state.foldedHours = counts.foldedHours();
        }
    }

    private void evaluate(long clockMs, long wallMs, Output out) {
        begin(clockMs);
        counts.fold(clockMs);
        sums.moveTo(clockMs);
        counts.expire(clockMs, windows.longestMs());
        evidence.expire(clockMs);
        Readings readings = new Readings(
                clockMs,
                wallMs,
                isLater(clockMs, state.evaluatedAtMs),
                Math.max(state.knownSinceMs, definition.effectiveAtMs()),
                quietSinceMs(),
                sums,
                statuses.budgetRemaining(sums),
                statuses.exhaustsAtMs(sums, clockMs));
        tell(alerts.evaluate(readings, evidence, out::alert), clockMs, wallMs, out);
        state.changed = false;
        state.evaluatedAtMs = clockMs;
        state.foldedMinutes = counts.foldedMinutes();
        state.foldedHours = counts.foldedHours();
        state.write();
        dueMs = nextDueMs();
    }

    private void tell(SloAlerts.Overview overview, long clockMs, long wallMs, Output out) {
        boolean heldBack = clockMs < wallMs - BEHIND_MS && wallMs - toldWallMs < SECOND_MS;
        String mark = statuses.mark(sums, overview);
        boolean due = !mark.equals(state.statusMark)
                || !heldBack
                        && (isLater(clockMs, state.statusAtMs)
                                || state.untold && clockMs - state.statusAtMs >= STATUS_EACH_MS);
        if (due) {
            state.statusMark = mark;
            state.statusAtMs = clockMs;
            toldWallMs = wallMs;
            state.untold = false;
            out.status(statuses.status(sums, overview, clockMs));
        }
    }

    /** Whether a multiple of 30 s lies between. */
    private static boolean isLater(long clockMs, long beforeMs) {
        return Math.floorDiv(clockMs, EVALUATED_EACH_MS) > Math.floorDiv(beforeMs, EVALUATED_EACH_MS);
    }

    private long quietSinceMs() {
        return Math.max(Math.max(state.countedAtMs, state.knownSinceMs), definition.effectiveAtMs());
    }

    private long nextDueMs() {
        long each = state.changed ? SECOND_MS : EVALUATED_EACH_MS;
        return (Math.floorDiv(state.evaluatedAtMs, each) + 1) * each;
    }
}
