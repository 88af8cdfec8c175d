package dev.plait.correlator.alert;

import dev.plait.schemas.model.SloDefinition.Measure;
import dev.plait.schemas.model.SloDefinition.Threshold;
import java.util.List;

/**
 * A measure over one window against a number. A request rate below a number says nothing before the window has passed once:
 * a service that was just added is not one that has no traffic.
 */
record ThresholdCondition(Threshold threshold, BurnRate burnRate) implements Condition {
    private static final double MS_A_SECOND = 1000;

    @Override
    public long longestMs() {
        return threshold.windowMs();
    }

    @Override
    public Standing at(Readings now) {
        boolean beyond = isKnown(now) && isBeyond(measured(now.counts()));
        return new Standing(beyond, beyond, List.of(), threshold.windowMs(), threshold.windowMs());
    }

    double measured(WindowCounts counts) {
        long bad = counts.bad(threshold.windowMs());
        long total = counts.total(threshold.windowMs());
        return switch (threshold.measure()) {
            case ERROR_RATIO -> total == 0 ? 0 : (double) bad / total;
            case REQUEST_RATE -> total * MS_A_SECOND / threshold.windowMs();
            case BURN_RATE -> burnRate.of(bad, total);
        };
    }

    private boolean isKnown(Readings now) {
        return threshold.measure() == Measure.REQUEST_RATE
                ? threshold.above() || now.clockMs() - now.knownSinceMs() >= threshold.windowMs()
                : now.counts().total(threshold.windowMs()) > 0;
    }

    private boolean isBeyond(double measured) {
        if (measured == threshold.value()) {
            return threshold.orEqual();
        }
        return threshold.above() == measured > threshold.value();
    }
}
