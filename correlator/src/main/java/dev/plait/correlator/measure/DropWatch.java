package dev.plait.correlator.measure;

import dev.plait.correlator.DurableBytes;
import dev.plait.correlator.alert.DropAlert;
import dev.plait.schemas.model.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The series of one task that are watched for drops. More series of a measure than its
 * limit are not. What was added is durable when {@link #add} returns. For one thread.
 */
final class DropWatch {
    private static final String HISTORY = "drops/h/";
    private static final String ALERT = "drops/a/";

    private final long recordMs;
    private final int shares;
    private final DurableBytes pages;
    private final Map<String, SeriesDrop> watched = new TreeMap<>();
    private final Map<String, Integer> series = new TreeMap<>();
    private final Map<String, DropAlert> orphans = new TreeMap<>();
    private long decisions;

    /**
     * Restores itself from {@code pages}, in which it uses keys that begin with {@code drops/}. Series whose measure is watched no
     * more are forgotten; their alerts are resolved by the next {@link #advance}.
     *
     * @param recordMs width of the windows in which measures are counted
     * @param shares how many tasks share a measure's limit of series
     */
    DropWatch(List<MeasureRule> rules, long recordMs, int shares, DurableBytes pages) {
        this.recordMs = recordMs;
        this.shares = shares;
        this.pages = pages;
        Map<String, MeasureRule> byName = new TreeMap<>();
        rules.stream().filter(rule -> rule.drop().isPresent()).forEach(rule -> byName.put(rule.name(), rule));
        List<String> unwatched = new ArrayList<>();
        pages.forEach(HISTORY, (page, history) -> {
            String key = page.substring(HISTORY.length());
            MeasureRule rule = byName.get(MeasureKeys.measure(key));
            if (rule == null) {
                unwatched.add(key);
            } else {
                watch(key, rule);
            }
        });
        unwatched.forEach(key -> pages.delete(HISTORY + key));
        pages.forEach(ALERT, (page, alert) -> {
            String key = page.substring(ALERT.length());
            if (!watched.containsKey(key)) {
                orphans.put(key, new DropAlert(pages, page));
            }
        });
    }

    /** Adds what is counted of a series anyway. False when it is over the limit and not watched. */
    boolean add(MeasureRule rule, String key, long timeMs, MeasureDelta counts) {
        SeriesDrop known = watched.get(key);
        if (known == null) {
            int most = Math.max(1, rule.maxSeries() / shares);
            if (series.getOrDefault(rule.name(), 0) >= most) {
                return false;
            }
            known = watch(key, rule);
        }
        known.add(timeMs, counts);
        return true;
    }

    private SeriesDrop watch(String key, MeasureRule rule) {
        SeriesDrop watching =
                new SeriesDrop(rule, rule.drop().orElseThrow(), recordMs, key, pages, HISTORY + key, ALERT + key);
        watched.put(key, watching);
        series.merge(rule.name(), 1, Integer::sum);
        return watching;
    }

    void advance(long clockMs, long wallMs, Consumer<Alert> out) {
        orphans.forEach((key, alert) -> {
            alert.resolveUnwatched("nobody watches it any more, as its rule was removed.", clockMs, out);
            pages.delete(ALERT + key);
        });
        orphans.clear();
        List<String> forgotten = new ArrayList<>();
        watched.forEach((key, each) -> {
            if (each.isDue(clockMs, wallMs)) {
                each.decide(clockMs, wallMs, out);
                decisions++;
                if (each.isForgettable()) {
                    forgotten.add(key);
                }
            }
        });
        for (String key : forgotten) {
            pages.delete(HISTORY + key);
            pages.delete(ALERT + key);
            series.merge(watched.remove(key).rule().name(), -1, Integer::sum);
        }
    }

    /** How many decisions were due since this object was made. */
    long decisions() {
        return decisions;
    }
}
