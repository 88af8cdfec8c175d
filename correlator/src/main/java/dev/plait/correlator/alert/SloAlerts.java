package dev.plait.correlator.alert;

import dev.plait.correlator.DurableBytes;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloStatus.Burn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The alerts of one SLO key, one for each rule; of rules with the same labels the first. Times of records are the clock's:
 *
 * <ul>
 *   <li>PENDING (only with {@code forMs}): {@code startsAtMs} is when the condition began.
 *   <li>FIRING: {@code startsAtMs} is when it fired, as Prometheus tells Alertmanager. Written again before 60 s of the clock
 *       have passed, and when evidence changes materially (a new root cause, the first traces, contributors or logs) but not
 *       within 10 s; both at most once a second of the wall, which holds back nothing else.
 *   <li>RESOLVED: once. A pending alert that never fired is resolved too, as its record would stand in a compacted topic for
 *       ever; its {@code endsAtMs} is its {@code startsAtMs}, which no alert that fired has. Alertmanager says nothing to
 *       anyone about such a one.
 * </ul>
 *
 * Everything that decides is durable: built again from {@code pages} it goes on with the next revision.
 */
public final class SloAlerts {
    private final DurableBytes pages;
    private final List<TrackedAlert> alerts = new ArrayList<>();
    private final List<Alert> gone = new ArrayList<>();

    public SloAlerts(SloDefinition definition, Map<String, String> group, DurableBytes pages) {
        this.pages = pages;
        AlertSubject subject = new AlertSubject(definition, group);
        Set<String> known = new HashSet<>();
        for (AlertRule rule : definition.alerts()) {
            TrackedAlert alert = new TrackedAlert(subject, rule, pages);
            if (known.add(alert.fingerprint())) {
                alerts.add(alert);
            }
        }
        pages.forEach(TrackedAlert.PAGE, (key, page) -> {
            if (!known.contains(key.substring(TrackedAlert.PAGE.length()))) {
                AlertCodec.read(page).active().ifPresent(gone::add);
            }
        });
    }

    /**
     * How all alerts stand after an evaluation.
     *
     * @param burn all pairs of windows of all rules
     * @param withheld some condition would hold, but too little was counted to fire
     */
    public record Overview(List<Burn> burn, boolean pending, boolean firing, boolean withheld) {}

    /** Resolves alerts whose rule is gone, then judges each rule. */
    public Overview evaluate(Readings now, EvidenceSource evidence, Consumer<Alert> out) {
        gone.forEach(alert -> resolve(alert, now.clockMs(), out));
        gone.clear();
        List<Burn> burn = new ArrayList<>();
        boolean pending = false;
        boolean firing = false;
        boolean withheld = false;
        for (TrackedAlert alert : alerts) {
            Standing standing = alert.evaluate(now, evidence, out);
            burn.addAll(standing.burn());
            pending |= alert.is(Alert.State.PENDING);
            boolean fires = alert.is(Alert.State.FIRING);
            firing |= fires;
            withheld |= standing.holds() && !standing.fires() && !fires;
        }
        return new Overview(burn, pending, firing, withheld);
    }

    /** Whether an alert waits to be resolved because its rule is gone. */
    public boolean hasOrphans() {
        return !gone.isEmpty();
    }

    /** Whether any alert is pending or firing. */
    public boolean isActive() {
        return !gone.isEmpty()
                || alerts.stream().anyMatch(alert -> alert.is(Alert.State.PENDING) || alert.is(Alert.State.FIRING));
    }

    /** Resolves all that are active, as nobody watches any more. Their pages stay. */
    public void retire(long clockMs, Consumer<Alert> out) {
        List<Alert> active = new ArrayList<>();
        pages.forEach(
                TrackedAlert.PAGE, (key, page) -> AlertCodec.read(page).active().ifPresent(active::add));
        active.forEach(alert -> resolve(alert, clockMs, out));
        gone.clear();
        alerts.clear();
    }

    private void resolve(Alert last, long clockMs, Consumer<Alert> out) {
        long endsAtMs = last.state() == Alert.State.PENDING ? last.startsAtMs() : clockMs;
        Alert resolved = last.resolved(
                endsAtMs,
                clockMs,
                Map.of(
                        "summary",
                        "Resolved, as its rule was removed or changed: "
                                + last.annotations().getOrDefault("summary", last.name()),
                        "description",
                        last.annotations().getOrDefault("description", "")));
        pages.put(TrackedAlert.PAGE + last.fingerprint(), AlertCodec.write(resolved));
        out.accept(resolved);
    }
}
