package dev.plait.correlator.slo;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Works everything out anew from a list, at each evaluation, as the documents say and with none of the tracker's code. */
final class SloOracle {
    private final SloDefinition definition;
    private final List<Arrival> arrivals;
    private final List<Arrival> counted = new ArrayList<>();
    private final Map<String, String> states = new HashMap<>();
    final List<String> transitions = new ArrayList<>();
    private int next;
    private long evaluatedMs;

    SloOracle(SloDefinition definition, List<Arrival> arrivals) {
        this.definition = definition;
        this.arrivals = arrivals;
    }

    record Counts(long good, long bad) {
        long total() {
            return good + bad;
        }
    }

    /** What is true at a clock: everything that came before it, windows, and the life of burn-rate alerts that begin at
     * once and end at multiples of 30 s. */
    void evaluate(long clockMs) {
        while (next < arrivals.size() && arrivals.get(next).atMs() < clockMs) {
            Arrival arrival = arrivals.get(next++);
            long second = arrival.atMs() / 1000 * 1000;
            if (arrival.timeMs() / 10_000 * 10_000 + 10_000 > second - Course.LATE_MS) {
                counted.add(arrival);
            }
        }
        for (AlertRule rule : definition.alerts()) {
            boolean holds = false;
            boolean fires = false;
            for (BurnPair pair : rule.pairs()) {
                if (exceeds(window(clockMs, pair.longMs()), pair.factor())
                        && exceeds(window(clockMs, pair.shortMs()), pair.factor())) {
                    holds = true;
                    fires |= isEnough(window(clockMs, pair.shortMs()));
                }
            }
            String state = states.getOrDefault(rule.name(), "");
            boolean endsToo = clockMs / 30_000 > evaluatedMs / 30_000;
            if (state.isEmpty() ? fires : endsToo && !holds) {
                String turned = state.isEmpty() ? "FIRING" : "RESOLVED";
                transitions.add(clockMs + " " + rule.name() + " " + turned);
                states.put(rule.name(), state.isEmpty() ? turned : "");
            }
        }
        evaluatedMs = clockMs;
    }

    /** The buckets that overlap the window, but no ten seconds that begin after the clock. */
    Counts window(long clockMs, long widthMs) {
        long bucket = widthMs <= 3_600_000 ? 10_000 : widthMs <= 3 * 86_400_000L ? 60_000 : 3_600_000;
        long good = 0;
        long bad = 0;
        for (Arrival arrival : counted) {
            long bucketEnd = arrival.timeMs() / bucket * bucket + bucket;
            if (arrival.timeMs() / 10_000 * 10_000 <= clockMs && bucketEnd > clockMs - widthMs) {
                good += arrival.good();
                bad += arrival.bad();
            }
        }
        return new Counts(good, bad);
    }

    double rate(Counts counts) {
        return counts.total() == 0 ? 0 : (double) counts.bad() / counts.total() / (1 - definition.target());
    }

    private boolean exceeds(Counts counts, double factor) {
        return rate(counts) > factor * (1 + 1e-9);
    }

    private boolean isEnough(Counts counts) {
        if (counts.total() < definition.minEvents() || counts.bad() < definition.minBad()) {
            return false;
        }
        double p = 1 - definition.target();
        double fewer = 0;
        double logOfTerm = counts.total() * Math.log1p(-p);
        for (long k = 0; k < counts.bad(); k++) {
            fewer += Math.exp(logOfTerm);
            logOfTerm += Math.log((counts.total() - k) / (k + 1.0) * (p / (1 - p)));
        }
        return 1 - fewer < 0.05;
    }

    /** Transitions of records, told in the same words. */
    static List<String> transitions(List<Alert> alerts) {
        List<String> told = new ArrayList<>();
        Map<String, Alert.State> last = new HashMap<>();
        for (Alert alert : alerts) {
            if (last.put(alert.name(), alert.state()) != alert.state()) {
                told.add(alert.updatedAtMs() + " " + alert.name() + " " + alert.state());
            }
        }
        return told;
    }
}
