package dev.plait.ingest.openslo;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import dev.plait.schemas.model.SloDefinition.Measure;
import dev.plait.schemas.model.SloDefinition.Threshold;
import java.util.List;
import java.util.Optional;

/**
 * An alert condition as it is written, times unscaled.
 *
 * @param measure empty: absence
 * @param shortMs the lookback window unless another is given
 */
record Condition(
        String severity,
        Optional<Measure> measure,
        Op op,
        double threshold,
        long lookbackMs,
        long shortMs,
        long forMs) {
    /** How a measure is compared with the threshold. */
    enum Op {
        GT(true, false),
        GTE(true, true),
        LT(false, false),
        LTE(false, true);

        final boolean above;
        final boolean orEqual;

        Op(boolean above, boolean orEqual) {
            this.above = above;
            this.orEqual = orEqual;
        }
    }

    /** A burn rate that must be exceeded has the low-traffic floor of pairs; {@code gte} is compared as it is. */
    AlertRule rule(String name, Scale scale) {
        long windowMs = scale.windowMs(lookbackMs);
        if (measure.isEmpty()) {
            return rule(name, Alert.Kind.ABSENCE, List.of(), Optional.empty(), windowMs, scale);
        }
        if (measure.get() == Measure.BURN_RATE && op == Op.GT) {
            BurnPair pair = new BurnPair(windowMs, scale.windowMs(shortMs), threshold);
            return rule(name, Alert.Kind.BURN_RATE, List.of(pair), Optional.empty(), 0, scale);
        }
        Threshold beyond = new Threshold(measure.get(), op.above, op.orEqual, threshold, windowMs);
        return rule(name, Alert.Kind.THRESHOLD, List.of(), Optional.of(beyond), 0, scale);
    }

    /** Nothing was counted for the lookback window. */
    AlertRule absence(String name, Scale scale) {
        return rule(name, Alert.Kind.ABSENCE, List.of(), Optional.empty(), scale.windowMs(lookbackMs), scale);
    }

    private AlertRule rule(
            String name,
            Alert.Kind kind,
            List<BurnPair> pairs,
            Optional<Threshold> beyond,
            long absentMs,
            Scale scale) {
        return new AlertRule(name, kind, severity, scale.timeMs(forMs), pairs, beyond, absentMs);
    }
}
