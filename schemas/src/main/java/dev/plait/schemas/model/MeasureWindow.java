package dev.plait.schemas.model;

import java.math.BigDecimal;
import java.util.Map;

/**
 * The sum and count of one business measure in one series and window: the value of {@code plait-measures}. Written as it
 * fills, a newer record replaces the older, and once more when its grace has passed ({@code last}, in the record
 * {@code final}).
 *
 * @param measure its configured name
 * @param unit as configured; empty when none is
 * @param series labels by name: {@code source} and those of the measure's {@code by} that the items had
 * @param count how many items had a number, at least 1
 * @param sum of their numbers: exact, as each counts with nine digits after the point
 * @param overflow true for the series that takes what is beyond the measure's limit of series
 */
public record MeasureWindow(
        String measure,
        String unit,
        Map<String, String> series,
        long windowStartMs,
        long windowEndMs,
        long count,
        BigDecimal sum,
        boolean overflow,
        boolean last) {
    public MeasureWindow {
        series = Map.copyOf(series);
    }
}
