package dev.plait.correlator.slo;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs a tracker over arrivals as the window task does, and keeps what it writes. */
final class Course implements SloTracker.Output {
    static final long LATE_MS = 600_000;

    final StoredBytes pages = new StoredBytes();
    final List<SloStatus> statuses = new ArrayList<>();
    final List<Alert> alerts = new ArrayList<>();
    final List<Long> evaluated = new ArrayList<>();
    SloTracker tracker;
    long refused;

    /** Stands still, once it is set. */
    long wallMs = -1;

    private SloDefinition definition;
    private long clockMs;
    private boolean changed;

    /** With it, the tracker is built anew now and then. */
    private Random restarts = new Random(0);

    private int restartsIn = Integer.MAX_VALUE;

    Course(SloDefinition definition, long startMs) {
        this.definition = definition;
        clockMs = startMs;
        restart();
    }

    Course restartingAt(long seed) {
        restarts = new Random(seed);
        restartsIn = 1;
        return this;
    }

    @Override
    public void status(SloStatus status) {
        statuses.add(status);
    }

    @Override
    public void alert(Alert alert) {
        alerts.add(alert);
    }

    void restart() {
        tracker = new SloTracker(definition, Map.of(), LATE_MS, pages);
    }

    void define(SloDefinition next) {
        definition = next;
        tracker.define(next);
    }

    /** Arrivals ascend. */
    Course run(List<Arrival> arrivals) {
        for (Arrival arrival : arrivals) {
            runTo(arrival.atMs());
            mayRestart();
            if (!tracker.count(arrival.count(), arrival.atMs())) {
                refused++;
            }
            changed = true;
        }
        return this;
    }

    /** Lets the clock pass: at whole seconds while something changed, else at multiples of 30 s. */
    Course runTo(long untilMs) {
        long next = nextTick();
        while (next <= untilMs) {
            mayRestart();
            clockMs = next;
            changed = false;
            evaluated.add(next);
            tracker.advance(next, wallMs < 0 ? next : wallMs, this);
            next = nextTick();
        }
        clockMs = Math.max(clockMs, untilMs);
        return this;
    }

    /** Something was counted past {@link #run}. */
    void changed() {
        changed = true;
    }

    private long nextTick() {
        long each = changed ? 1_000 : 30_000;
        return (Math.floorDiv(clockMs, each) + 1) * each;
    }

    private void mayRestart() {
        if (--restartsIn == 0) {
            restart();
            restartsIn = 1 + restarts.nextInt(40);
        }
    }
}
