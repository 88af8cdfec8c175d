package dev.plait.correlator.measure;

import dev.plait.correlator.DurableBytes;
import dev.plait.correlator.alert.DropAlert;
import dev.plait.correlator.measure.SeriesHistory.Usual;
import dev.plait.schemas.model.Alert;
import java.util.function.Consumer;

/**
 * Watches one series of a measure. It fires when the last window is a drop against the past before it, and more than chance. As
 * long as it is active the past does not follow: it is compared to what was usual when it fired, until as much time as the past
 * is long has gone by; then the new level is what is usual. Decided at the ends of buckets, some time after they are over,
 * as what is counted in them arrives later. For one thread.
 */
final class SeriesDrop {
    /** Spans come when they end, and batches wait for seconds. */
    static final long SETTLED_AFTER_MS = 30_000;

    private final MeasureRule rule;
    private final DropRule drop;
    private final long bucketMs;
    private final long windowMs;
    private final long pastMs;
    private final DropText text;
    private final DropAlert alert;
    private final SeriesHistory history;
    private final DurableBytes pages;
    private final String page;

    /**
     * Goes on with what {@code pages} hold.
     *
     * @param recordMs width of the windows in which the measure is counted
     * @param page the key of its history
     * @param alertPage the key of its alert
     */
    SeriesDrop(
            MeasureRule rule,
            DropRule drop,
            long recordMs,
            String seriesKey,
            DurableBytes pages,
            String page,
            String alertPage) {
        this.rule = rule;
        this.drop = drop;
        this.pages = pages;
        this.page = page;
        bucketMs = drop.bucketMs(recordMs);
        windowMs = wholeBuckets(drop.windowMs());
        pastMs = wholeBuckets(drop.pastMs());
        text = new DropText(rule, drop, MeasureKeys.series(seriesKey), windowMs, pastMs);
        alert = new DropAlert(pages, alertPage);
        history = pages.get(page).map(SeriesHistory::read).orElseGet(SeriesHistory::new);
    }

    private long wholeBuckets(long ms) {
        return Math.floorDiv(ms + bucketMs - 1, bucketMs) * bucketMs;
    }

    private long bucket(long ms) {
        return Math.floorDiv(ms, bucketMs) * bucketMs;
    }

    void add(long timeMs, MeasureDelta counts) {
        history.add(bucket(timeMs), counts);
        pages.put(page, history.write());
    }

    /** Whether there is something to decide, or to tell again. */
    boolean isDue(long clockMs, long wallMs) {
        return endMs(clockMs) > history.decidedMs() || alert.isDueAgain(clockMs, wallMs);
    }

    private long endMs(long clockMs) {
        return bucket(clockMs - SETTLED_AFTER_MS);
    }

    void decide(long clockMs, long wallMs, Consumer<Alert> out) {
        long endMs = Math.max(endMs(clockMs), history.decidedMs());
        long startMs = endMs - windowMs;
        MeasureDelta now = history.total(startMs, endMs);
        boolean isFrozen = alert.isActive() && endMs - history.frozenAtMs() < pastMs;
        Usual usual = isFrozen ? history.frozen() : history.before(startMs, pastMs);
        Comparison found = Comparison.of(drop, now, usual, windowMs);
        if (!alert.isActive()) {
            if (usual.spanMs() * 2 >= pastMs && found.isDrop() && found.isCertain()) {
                history.freeze(usual, endMs);
                tell(found, endMs, clockMs, wallMs, out);
            }
        } else if (!found.isDrop()) {
            alert.resolve(text.over(isFrozen, found), text.description(found, endMs), clockMs, out);
        } else if (alert.isDueAgain(clockMs, wallMs)) {
            tell(found, endMs, clockMs, wallMs, out);
        }
        if (endMs > history.decidedMs()) {
            history.decided(endMs, startMs - pastMs);
            pages.put(page, history.write());
        }
    }

    private void tell(Comparison found, long endMs, long clockMs, long wallMs, Consumer<Alert> out) {
        alert.fire(text.subject(), text.reading(found, endMs), clockMs, wallMs, out);
    }

    /** Whether nothing is left to compare. */
    boolean isForgettable() {
        return history.isEmpty() && !alert.isActive();
    }

    MeasureRule rule() {
        return rule;
    }
}
