package dev.plait.schemas.model;

import java.util.List;
import java.util.Map;

/**
 * Requests, errors and durations of one series in one window: the value of {@code plait-red}. Written as it fills, a newer
 * record replaces the older, and once more when its grace has passed ({@code last}, in the record {@code final}).
 *
 * @param series labels by name: {@code service}, {@code route}, {@code method}, {@code status_class}, {@code source} and
 *     configured tags
 * @param exemplars trace IDs, at most five
 * @param overflow true for the series that takes what is beyond the limit of series
 */
public record RedWindow(
        Map<String, String> series,
        long windowStartMs,
        long windowEndMs,
        long requests,
        long errors,
        Latency duration,
        List<String> exemplars,
        boolean overflow,
        boolean last) {
    public RedWindow {
        series = Map.copyOf(series);
        exemplars = List.copyOf(exemplars);
    }
}
