package dev.plait.correlator.alert;

import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import dev.plait.schemas.model.SloStatus.Burn;
import java.util.ArrayList;
import java.util.List;

/**
 * Any pair of windows whose burn rates both exceed the pair's factor. It fires only when the short window of such a pair is
 * not {@link LowTraffic}; that is no reason to end an alert.
 */
final class BurnCondition implements Condition {
    private final AlertRule rule;
    private final BurnRate burnRate;
    private final LowTraffic floor;
    private final List<String> windows = new ArrayList<>();

    BurnCondition(AlertRule rule, SloDefinition definition) {
        this.rule = rule;
        burnRate = BurnRate.ofTarget(definition.target());
        floor = new LowTraffic(definition.minEvents(), definition.minBad(), burnRate.budget());
        for (BurnPair pair : rule.pairs()) {
            windows.add(Phrases.window(pair.longMs()));
            windows.add(Phrases.window(pair.shortMs()));
        }
    }

    @Override
    public long longestMs() {
        return rule.pairs().stream().mapToLong(BurnPair::longMs).max().orElse(0);
    }

    @Override
    public Standing at(Readings now) {
        WindowCounts counts = now.counts();
        List<Burn> burn = new ArrayList<>(rule.pairs().size());
        boolean fires = false;
        boolean holds = false;
        int telling = 0;
        for (int i = 0; i < rule.pairs().size(); i++) {
            BurnPair pair = rule.pairs().get(i);
            boolean exceeded =
                    exceeds(counts, pair.longMs(), pair.factor()) && exceeds(counts, pair.shortMs(), pair.factor());
            boolean certain = exceeded && floor.isEnough(counts.bad(pair.shortMs()), counts.total(pair.shortMs()));
            if (exceeded && !holds || certain && !fires) {
                telling = i;
            }
            holds |= exceeded;
            fires |= certain;
            burn.add(new Burn(
                    rule.severity(),
                    windows.get(2 * i),
                    windows.get(2 * i + 1),
                    pair.factor(),
                    rate(counts, pair.longMs()),
                    rate(counts, pair.shortMs()),
                    exceeded));
        }
        if (burn.isEmpty()) {
            return new Standing(false, false, burn, 0, 0);
        }
        BurnPair pair = rule.pairs().get(telling);
        return new Standing(fires, holds, burn, pair.longMs(), pair.shortMs());
    }

    private boolean exceeds(WindowCounts counts, long windowMs, double factor) {
        return burnRate.exceeds(counts.bad(windowMs), counts.total(windowMs), factor);
    }

    private double rate(WindowCounts counts, long windowMs) {
        return burnRate.of(counts.bad(windowMs), counts.total(windowMs));
    }
}
