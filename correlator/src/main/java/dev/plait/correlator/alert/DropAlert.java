package dev.plait.correlator.alert;

import dev.plait.correlator.DurableBytes;
import dev.plait.schemas.model.Alert;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The life of the alert of one series of a business measure that may drop: none, firing, resolved, and again. Every record that
 * is written is remembered first. A firing one is written again before a minute of the clock has passed, at most once a second of
 * the wall. What is remembered is enough to resolve it when nobody knows the measure any more.
 */
public final class DropAlert {
    private static final long AGAIN_AFTER_MS = 30_000;
    private static final long AGAIN_AFTER_WALL_MS = 1_000;

    private final DurableBytes pages;
    private final String key;
    private int revision;
    private Optional<Alert> active = Optional.empty();
    private long sentWallMs = Long.MIN_VALUE / 2;

    /** Goes on with what {@code pages} hold under its key. */
    public DropAlert(DurableBytes pages, String key) {
        this.pages = pages;
        this.key = key;
        pages.get(key).map(AlertCodec::read).ifPresent(remembered -> {
            revision = remembered.revision();
            active = remembered.active();
        });
    }

    /**
     * Names an alert and what it is about.
     *
     * @param name {@code alertname}
     * @param measure a label
     * @param series more labels; one that is named as one of the three gets {@code group_} before it
     */
    public record Subject(String name, String severity, String measure, Map<String, String> series) {
        Map<String, String> labels() {
            return AlertLabels.of(Map.of("alertname", name, "severity", severity, "measure", measure), series);
        }
    }

    /** How it stands: items in the window, and words for people. */
    public record Reading(long items, String summary, String description) {}

    public boolean isActive() {
        return active.isPresent();
    }

    /** Whether a firing alert must be written again. */
    public boolean isDueAgain(long clockMs, long wallMs) {
        return active.isPresent()
                && clockMs - active.get().updatedAtMs() >= AGAIN_AFTER_MS
                && wallMs - sentWallMs >= AGAIN_AFTER_WALL_MS;
    }

    /** Fires, or tells how it stands. */
    public void fire(Subject subject, Reading reading, long clockMs, long wallMs, Consumer<Alert> out) {
        Map<String, String> labels = subject.labels();
        String fingerprint = AlertLabels.fingerprint(labels);
        if (active.filter(last -> !last.fingerprint().equals(fingerprint)).isPresent()) {
            resolveUnwatched("its rule was changed.", clockMs, out);
        }
        Alert alert = new Alert(
                fingerprint,
                ++revision,
                subject.name(),
                Alert.Kind.THRESHOLD,
                Alert.State.FIRING,
                subject.severity(),
                Optional.empty(),
                Optional.ofNullable(labels.get("service")),
                labels,
                Map.of("summary", reading.summary(), "description", reading.description()),
                active.map(Alert::startsAtMs).orElse(clockMs),
                OptionalLong.empty(),
                clockMs,
                List.of(),
                new Alert.Counts(reading.items(), 0, reading.items()),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                Alert.Evidence.NONE);
        sentWallMs = wallMs;
        send(alert, out);
    }

    /** Says that it is over, and why; does nothing when it is not active. */
    public void resolve(String summary, String description, long clockMs, Consumer<Alert> out) {
        active.ifPresent(last -> {
            Map<String, String> annotations = Map.of(
                    "summary",
                    "Resolved after " + Phrases.about(clockMs - last.startsAtMs()) + ": " + summary,
                    "description",
                    description + " It fired at " + Phrases.time(last.startsAtMs()) + ".");
            revision++;
            send(last.resolved(clockMs, clockMs, annotations), out);
        });
    }

    /** The same, when what it was about is not watched any more. */
    public void resolveUnwatched(String why, long clockMs, Consumer<Alert> out) {
        String last = active.map(alert -> alert.annotations().get("summary")).orElse("");
        resolve(why, "The last that was known: " + last, clockMs, out);
    }

    private void send(Alert alert, Consumer<Alert> out) {
        pages.put(key, AlertCodec.write(alert));
        active = alert.state() == Alert.State.RESOLVED ? Optional.empty() : Optional.of(alert);
        out.accept(alert);
    }
}
