package dev.plait.correlator.alert;

import dev.plait.correlator.DurableBytes;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The life of one alert: none, (pending,) firing, resolved, and again. Every record that is written is remembered first, so a
 * restart goes on with the next revision.
 */
final class TrackedAlert {
    static final String PAGE = "a";

    private static final long EVALUATED_EACH_MS = 30_000;
    private static final long AGAIN_AFTER_MS = 60_000;
    private static final long NEWS_AFTER_MS = 10_000;
    private static final long AGAIN_AFTER_WALL_MS = 1_000;
    private static final long NEVER = Long.MIN_VALUE / 2;
    private static final long SPAN_MIN_MS = 300_000;
    private static final long SPAN_MAX_MS = 3_600_000;

    private final AlertSubject subject;
    private final AlertRule rule;
    private final Condition condition;
    private final Map<String, String> labels;
    private final String fingerprint;
    private final DurableBytes pages;
    private int revision;
    private Optional<Alert.State> state = Optional.empty();
    private long startsAtMs;
    private long sentAtMs;
    private long sentWallMs = NEVER;
    private long seenNews = NEVER;

    TrackedAlert(AlertSubject subject, AlertRule rule, DurableBytes pages) {
        this.subject = subject;
        this.rule = rule;
        this.pages = pages;
        condition = Condition.of(rule, subject.definition());
        labels = AlertLabels.of(subject.definition(), subject.group(), rule);
        fingerprint = AlertLabels.fingerprint(labels);
        pages.get(PAGE + fingerprint).map(AlertCodec::read).ifPresent(this::restore);
    }

    String fingerprint() {
        return fingerprint;
    }

    boolean is(Alert.State wanted) {
        return state.isPresent() && state.get() == wanted;
    }

    /** Judges the condition and writes what follows from it; returns how the condition stands. */
    Standing evaluate(Readings now, EvidenceSource evidence, Consumer<Alert> out) {
        Standing standing = condition.at(now);
        if (state.isEmpty()) {
            if (standing.fires()) {
                begin(standing, now, evidence, out);
            }
        } else if (now.endsToo() && !goesOn(standing)) {
            end(is(Alert.State.PENDING) ? startsAtMs : now.clockMs(), standing, now, evidence, out);
        } else if (is(Alert.State.PENDING)) {
            if (standing.fires() && now.clockMs() - startsAtMs >= rule.forMs()) {
                fire(standing, now, evidence, out);
            }
        } else if (isDueAgain(now, evidence)) {
            send(Alert.State.FIRING, OptionalLong.empty(), found(now, evidence), standing, now, out);
        }
        return standing;
    }

    private boolean goesOn(Standing standing) {
        return is(Alert.State.PENDING) ? standing.fires() : standing.holds();
    }

    private void restore(AlertCodec.Remembered remembered) {
        revision = remembered.revision();
        remembered.active().ifPresent(last -> {
            state = Optional.of(last.state());
            startsAtMs = last.startsAtMs();
            sentAtMs = last.updatedAtMs();
        });
    }

    private void begin(Standing standing, Readings now, EvidenceSource evidence, Consumer<Alert> out) {
        if (rule.forMs() == 0) {
            fire(standing, now, evidence, out);
        } else {
            startsAtMs = now.clockMs();
            send(Alert.State.PENDING, OptionalLong.empty(), found(now, evidence), standing, now, out);
        }
    }

    private void fire(Standing standing, Readings now, EvidenceSource evidence, Consumer<Alert> out) {
        startsAtMs = now.clockMs();
        send(Alert.State.FIRING, OptionalLong.empty(), found(now, evidence), standing, now, out);
    }

    /** What is known by then stays; only what is missing is looked up once more. */
    private void end(long endsAtMs, Standing standing, Readings now, EvidenceSource evidence, Consumer<Alert> out) {
        EvidenceSource.Found found = known(now, evidence);
        Alert.Evidence kept = filled(last().evidence(), found.evidence());
        send(
                Alert.State.RESOLVED,
                OptionalLong.of(endsAtMs),
                new EvidenceSource.Found(kept, found.partial()),
                standing,
                now,
                out);
        state = Optional.empty();
    }

    /** The next evaluation may be the one that counts do not bring but the clock, which would be too late. */
    private boolean isDueAgain(Readings now, EvidenceSource evidence) {
        long nextMs = (Math.floorDiv(now.clockMs(), EVALUATED_EACH_MS) + 1) * EVALUATED_EACH_MS;
        boolean due = nextMs - sentAtMs > AGAIN_AFTER_MS;
        return now.wallMs() - sentWallMs >= AGAIN_AFTER_WALL_MS && (due || hasNews(now, evidence));
    }

    private boolean hasNews(Readings now, EvidenceSource evidence) {
        if (now.clockMs() - sentAtMs < NEWS_AFTER_MS || evidence.news() == seenNews) {
            return false;
        }
        seenNews = evidence.news();
        Alert.Evidence was = last().evidence();
        Alert.Evidence is = known(now, evidence).evidence();
        return was.traces().isEmpty() && !is.traces().isEmpty()
                || was.contributors().isEmpty() && !is.contributors().isEmpty()
                || was.logs().isEmpty() && !is.logs().isEmpty()
                || is.rootCauses().stream()
                        .anyMatch(cause -> was.rootCauses().stream()
                                .noneMatch(known -> known.service().equals(cause.service())
                                        && known.operation().equals(cause.operation())
                                        && known.kind() == cause.kind()));
    }

    /** What is new; of what has gone silent since the last record, that. */
    private EvidenceSource.Found found(Readings now, EvidenceSource evidence) {
        EvidenceSource.Found found = known(now, evidence);
        return state.isEmpty()
                ? found
                : new EvidenceSource.Found(filled(found.evidence(), last().evidence()), found.partial());
    }

    private static Alert.Evidence filled(Alert.Evidence first, Alert.Evidence other) {
        return new Alert.Evidence(
                orElse(first.traces(), other.traces()),
                orElse(first.contributors(), other.contributors()),
                orElse(first.rootCauses(), other.rootCauses()),
                orElse(first.logs(), other.logs()));
    }

    private static <T> List<T> orElse(List<T> first, List<T> other) {
        return first.isEmpty() ? other : first;
    }

    private Alert last() {
        return pages.get(PAGE + fingerprint)
                .flatMap(page -> AlertCodec.read(page).active())
                .orElseThrow(() -> new IllegalStateException("active alert " + fingerprint + " is not remembered"));
    }

    /**
     * What is known of this incident: since a short window before it began, so that the words of an earlier one do not name
     * the wrong hop; of all the alert looks at when that is nothing.
     */
    private EvidenceSource.Found known(Readings now, EvidenceSource evidence) {
        long beganMs = state.isPresent() ? startsAtMs : now.clockMs();
        long sinceMs = Math.min(spanMs(), now.clockMs() - beganMs + leadMs());
        EvidenceSource.Found found = evidence.within(sinceMs, now.clockMs());
        return found.evidence().equals(Alert.Evidence.NONE) ? evidence.within(spanMs(), now.clockMs()) : found;
    }

    private long spanMs() {
        return Math.min(Math.max(condition.longestMs(), SPAN_MIN_MS), SPAN_MAX_MS);
    }

    private long leadMs() {
        return rule.pairs().stream()
                .mapToLong(SloDefinition.BurnPair::shortMs)
                .min()
                .orElse(spanMs());
    }

    private void send(
            Alert.State next,
            OptionalLong endsAtMs,
            EvidenceSource.Found found,
            Standing standing,
            Readings now,
            Consumer<Alert> out) {
        revision++;
        WindowCounts counts = now.counts();
        long windowMs = standing.windowMs();
        Alert alert = new Alert(
                fingerprint,
                revision,
                rule.name(),
                rule.kind(),
                next,
                rule.severity(),
                Optional.of(subject.definition().name()),
                Optional.ofNullable(labels.get("service")),
                labels,
                new AlertText(
                                subject,
                                rule,
                                standing,
                                now,
                                new EvidenceText(
                                        found.evidence(),
                                        found.partial(),
                                        subject.group().keySet()))
                        .annotations(next, startsAtMs),
                startsAtMs,
                endsAtMs,
                now.clockMs(),
                standing.burn(),
                windowMs == 0
                        ? new Alert.Counts(0, 0, 0)
                        : new Alert.Counts(counts.good(windowMs), counts.bad(windowMs), counts.total(windowMs)),
                OptionalDouble.of(now.budgetRemaining()),
                now.exhaustsAtMs(),
                found.evidence());
        pages.put(PAGE + fingerprint, AlertCodec.write(alert));
        state = Optional.of(next);
        sentAtMs = now.clockMs();
        sentWallMs = now.wallMs();
        seenNews = NEVER;
        out.accept(alert);
    }
}
