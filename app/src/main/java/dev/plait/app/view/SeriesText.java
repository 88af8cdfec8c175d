package dev.plait.app.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** The labels of a series as one line shows them: those that have a value, by name. */
final class SeriesText {
    private static final int MAX_SERIES = 160;

    private SeriesText() {}

    static String of(JsonNode series) {
        Map<String, String> labels = new TreeMap<>();
        series.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        StringBuilder text = new StringBuilder();
        labels.forEach((name, value) -> {
            if (!value.isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value);
            }
        });
        return Printable.of(text.toString(), MAX_SERIES);
    }
}
