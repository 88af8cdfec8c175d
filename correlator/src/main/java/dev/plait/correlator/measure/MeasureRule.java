package dev.plait.correlator.measure;

import dev.plait.correlator.red.SeriesKeys;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One business measure.
 *
 * @param name 1 to 64 lower-case letters, digits and {@code _ . -}, a letter first
 * @param attribute the attribute whose number is summed; items without it are not counted
 * @param unit for people; may be empty
 * @param by labels of its series, at most {@value #MAX_LABELS}: {@code service}, {@code route}, {@code method},
 *     {@code status_class}, and what {@link dev.plait.correlator.red.RequestLabels} knows; by name, without duplicates
 * @param maxSeries how many series are held at a time, at least 1; what is beyond is counted in an overflow series
 * @param drop when to alert, if at all
 */
public record MeasureRule(
        String name,
        String attribute,
        String unit,
        MeasureSource source,
        List<String> by,
        int maxSeries,
        Optional<DropRule> drop) {
    public static final int MAX_LABELS = 8;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");

    public MeasureRule {
        by = List.copyOf(new TreeSet<>(by));
        if (!isName(name) || attribute.isEmpty() || by.size() > MAX_LABELS || maxSeries < 1) {
            throw new IllegalArgumentException("measure " + name + " by " + by + ", series: " + maxSeries);
        }
        for (String label : by) {
            if (!isLabel(label)) {
                throw new IllegalArgumentException("measure " + name + ": a label cannot be named " + label);
            }
        }
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether a measure may be split by that name: not by what its series have anyway. */
    public static boolean isLabel(String text) {
        return switch (text) {
            case "", "measure", "source", "partition", SeriesKeys.OVERFLOW -> false;
            default -> true;
        };
    }
}
