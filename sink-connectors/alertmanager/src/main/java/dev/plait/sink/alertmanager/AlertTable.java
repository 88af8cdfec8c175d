package dev.plait.sink.alertmanager;

import dev.plait.sink.alertmanager.KnownAlert.State;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How every alert stands, by fingerprint, as far as Alertmanager still has to be told. Of two records of one alert the one with
 * the later {@code updatedAtMs} counts, so that a backlog tells how it ends and not how it went. Bounded: beyond
 * {@link #MAX_ALERTS} those that changed longest ago are let go. Thread safe.
 */
final class AlertTable {
    static final int MAX_ALERTS = 100_000;

    private final Duration resolvedFor;
    private final Duration staleAfter;
    private final Map<String, Known> alerts = new LinkedHashMap<>();
    private int letGo;

    /** An alert and when it was heard of, by this clock. */
    private record Known(KnownAlert alert, long heardAtMs) {}

    /** @param resolvedFor how long what has ended is told again */
    AlertTable(Duration resolvedFor, Duration staleAfter) {
        this.resolvedFor = resolvedFor;
        this.staleAfter = staleAfter;
    }

    synchronized void put(KnownAlert alert, long nowMs) {
        Known known = alerts.get(alert.fingerprint());
        if (known != null && known.alert().updatedAtMs() > alert.updatedAtMs()) {
            return;
        }
        alerts.remove(alert.fingerprint());
        alerts.put(alert.fingerprint(), new Known(alert, nowMs));
        Iterator<Known> eldest = alerts.values().iterator();
        while (alerts.size() > MAX_ALERTS) {
            eldest.next();
            eldest.remove();
            letGo++;
        }
    }

    /** How many firing alerts were let go since the last call: stale ones, and those beyond the limit. */
    synchronized int takeLetGo() {
        int taken = letGo;
        letGo = 0;
        return taken;
    }

    /** The record that spoke of it was deleted. */
    synchronized void remove(String fingerprint) {
        alerts.remove(fingerprint);
    }

    /** Those of these that Alertmanager is to be told of, as they stand now. */
    synchronized List<KnownAlert> told(Collection<String> fingerprints, long nowMs) {
        return fingerprints.stream()
                .distinct()
                .map(alerts::get)
                .filter(Objects::nonNull)
                .map(Known::alert)
                .filter(alert -> alert.state() == State.RESOLVED || isFiring(alert, nowMs))
                .toList();
    }

    /** Everything that Alertmanager is to be told of again; what is over is let go. */
    synchronized List<KnownAlert> toldAgain(long nowMs) {
        Iterator<Known> all = alerts.values().iterator();
        while (all.hasNext()) {
            Known known = all.next();
            if (isOver(known, nowMs)) {
                all.remove();
                letGo += known.alert().state() == State.FIRING ? 1 : 0;
            }
        }
        return alerts.values().stream()
                .map(Known::alert)
                .filter(alert -> alert.state() != State.PENDING)
                .toList();
    }

    private boolean isOver(Known known, long nowMs) {
        return known.alert().state() == State.RESOLVED
                ? nowMs - known.heardAtMs() > resolvedFor.toMillis()
                : isStale(known.alert(), nowMs);
    }

    private boolean isFiring(KnownAlert alert, long nowMs) {
        return alert.state() == State.FIRING && !isStale(alert, nowMs);
    }

    private boolean isStale(KnownAlert alert, long nowMs) {
        return nowMs - alert.updatedAtMs() > staleAfter.toMillis();
    }
}
