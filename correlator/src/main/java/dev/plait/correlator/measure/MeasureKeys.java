package dev.plait.correlator.measure;

import dev.plait.correlator.red.SeriesKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names the series of measures: {@code measure=…,source=…}, then the labels that the item has, by name. Values are bounded
 * and escaped as those of RED series.
 */
public final class MeasureKeys {
    private static final String MEASURE = "measure";
    private static final String SOURCE = "source";

    private MeasureKeys() {}

    /** The measure that a key is of. */
    static String measure(String key) {
        return SeriesKeys.labels(key).getOrDefault(MEASURE, "");
    }

    /** The labels of a key without its measure. */
    static Map<String, String> series(String key) {
        Map<String, String> labels = new LinkedHashMap<>(SeriesKeys.labels(key));
        labels.remove(MEASURE);
        return labels;
    }

    /** The key of a window's series, as {@code plait-measures} is keyed. */
    public static String of(String measure, Map<String, String> series) {
        StringBuilder key = new StringBuilder(96);
        Map<String, String> rest = new TreeMap<>(series);
        SeriesKeys.append(key, MEASURE, measure);
        SeriesKeys.append(key, SOURCE, rest.remove(SOURCE));
        rest.forEach((label, value) -> SeriesKeys.append(key, label, value));
        return key.toString();
    }

    /** The series that takes what one of {@code key} would have counted. Each partition has its own. */
    static String overflow(String key, String partitionLabel) {
        return of(
                measure(key),
                Map.of(
                        SOURCE,
                        series(key).getOrDefault(SOURCE, ""),
                        SeriesKeys.OVERFLOW,
                        "true",
                        "partition",
                        partitionLabel));
    }
}
