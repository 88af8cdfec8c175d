package dev.plait.app.demo;

import java.time.Duration;

/** A fault that comes and goes: the first after {@code quiet}, each for {@code lasting}, one in every {@code period}. */
record FaultSchedule(Duration quiet, Duration lasting, Duration period) {
    /** 40 s in every 120 s, first after 20 s. */
    static final FaultSchedule USUAL =
            new FaultSchedule(Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofSeconds(120));

    FaultSchedule {
        if (lasting.compareTo(period) >= 0) {
            throw new IllegalArgumentException("a fault of " + lasting + " does not heal within " + period);
        }
    }

    boolean isFailing(Duration sinceStart) {
        long since = sinceStart.minus(quiet).toMillis();
        return since >= 0 && since % period.toMillis() < lasting.toMillis();
    }
}
