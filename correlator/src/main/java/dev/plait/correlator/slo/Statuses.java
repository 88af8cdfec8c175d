package dev.plait.correlator.slo;

import dev.plait.correlator.alert.BurnRate;
import dev.plait.correlator.alert.SloAlerts.Overview;
import dev.plait.correlator.alert.WindowCounts;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloStatus;
import dev.plait.schemas.model.SloStatus.Burn;
import java.util.Map;
import java.util.OptionalLong;

/** What follows from the counts of a period: budget, exhaustion, state. */
final class Statuses {
    private final SloDefinition definition;
    private final Map<String, String> group;
    private final Windows windows;
    private final BurnRate burnRate;

    Statuses(SloDefinition definition, Map<String, String> group, Windows windows) {
        this.definition = definition;
        this.group = Map.copyOf(group);
        this.windows = windows;
        burnRate = BurnRate.ofTarget(definition.target());
    }

    /** 1 less the burn rate over the period. */
    double budgetRemaining(WindowCounts counts) {
        return 1 - rate(counts, windows.periodMs());
    }

    /**
     * A budget that burns at rate 1 lasts a period, so what remains lasts {@code remaining * period / rate}, with the rate over
     * {@link Windows#presentMs}. Now, when nothing remains; empty when it lasts a period or longer, or nothing burns.
     */
    OptionalLong exhaustsAtMs(WindowCounts counts, long clockMs) {
        double remaining = budgetRemaining(counts);
        if (remaining <= 0) {
            return OptionalLong.of(clockMs);
        }
        double rate = rate(counts, windows.presentMs());
        double lastsMs = rate == 0 ? Double.MAX_VALUE : remaining * windows.periodMs() / rate;
        return lastsMs < windows.periodMs() ? OptionalLong.of(clockMs + (long) lastsMs) : OptionalLong.empty();
    }

    SloStatus status(WindowCounts counts, Overview alerts, long clockMs) {
        long periodMs = windows.periodMs();
        long total = counts.total(periodMs);
        return new SloStatus(
                definition.name(),
                definition.service(),
                group,
                definition.target(),
                definition.windowDays(),
                clockMs,
                counts.good(periodMs),
                counts.bad(periodMs),
                total,
                total == 0 ? 0 : (double) counts.bad(periodMs) / total,
                budgetRemaining(counts),
                exhaustsAtMs(counts, clockMs),
                alerts.burn(),
                state(counts, alerts));
    }

    /** What must be told at once when it changes: the state, and which pairs exceed. */
    String mark(WindowCounts counts, Overview alerts) {
        StringBuilder mark = new StringBuilder(24).append(state(counts, alerts).name());
        for (Burn burn : alerts.burn()) {
            mark.append(burn.exceeded() ? '+' : '-');
        }
        return mark.toString();
    }

    private SloStatus.State state(WindowCounts counts, Overview alerts) {
        if (alerts.firing()) {
            return SloStatus.State.FIRING;
        }
        if (alerts.pending()) {
            return SloStatus.State.PENDING;
        }
        if (counts.total(windows.silentMs()) == 0) {
            return SloStatus.State.NO_DATA;
        }
        return alerts.withheld() ? SloStatus.State.INSUFFICIENT_DATA : SloStatus.State.OK;
    }

    private double rate(WindowCounts counts, long windowMs) {
        return burnRate.of(counts.bad(windowMs), counts.total(windowMs));
    }
}
