package dev.plait.correlator.slo;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import dev.plait.schemas.model.SloDefinition.Measure;
import dev.plait.schemas.model.SloDefinition.Threshold;
import java.util.List;
import java.util.Optional;

/** Definitions for tests. */
final class Slos {
    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;
    static final AlertRule PAGE =
            burn("pay-page", "page", 0, pair(HOUR, 5 * MINUTE, 14.4), pair(6 * HOUR, 30 * MINUTE, 6));
    static final AlertRule TICKET = burn("pay-ticket", "ticket", 0, pair(DAY, 2 * HOUR, 3), pair(3 * DAY, 6 * HOUR, 1));

    private Slos() {}

    /** As the design has it: 30 days, page and ticket, at least 10 requests and 3 bad ones. */
    static SloDefinition of(double target) {
        return of(target, 10, 3, 30 * DAY, PAGE, TICKET);
    }

    static SloDefinition of(double target, long minEvents, long minBad, long periodMs, AlertRule... rules) {
        return new SloDefinition(
                "pay",
                "Pay availability",
                "",
                "shop",
                0,
                new Indicator(RequestSource.GATEWAY_LOG, Optional.empty(), Filter.ALL, Filter.ALL, false),
                List.of(),
                target,
                30,
                periodMs,
                minEvents,
                minBad,
                List.of(rules));
    }

    static AlertRule burn(String name, String severity, long forMs, BurnPair... pairs) {
        return new AlertRule(name, Alert.Kind.BURN_RATE, severity, forMs, List.of(pairs), Optional.empty(), 0);
    }

    static BurnPair pair(long longMs, long shortMs, double factor) {
        return new BurnPair(longMs, shortMs, factor);
    }

    static AlertRule threshold(String name, Measure measure, boolean above, double value, long windowMs) {
        return new AlertRule(
                name,
                Alert.Kind.THRESHOLD,
                "page",
                0,
                List.of(),
                Optional.of(new Threshold(measure, above, false, value, windowMs)),
                0);
    }

    static AlertRule absence(long absentMs) {
        return new AlertRule("pay-absent", Alert.Kind.ABSENCE, "ticket", 0, List.of(), Optional.empty(), absentMs);
    }
}
