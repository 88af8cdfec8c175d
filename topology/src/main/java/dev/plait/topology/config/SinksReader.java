package dev.plait.topology.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code sinks} of the file and of the environment. A message never shows a value but {@code type}: it may be a secret. */
final class SinksReader {
    private static final int MAX_SINKS = 100;

    private SinksReader() {}

    static List<SinkConfig> read(JsonNode tree, Map<String, String> environment) {
        Map<String, Map<String, String>> sinks = new LinkedHashMap<>();
        if (!tree.isMissingNode() && !tree.isNull()) {
            requireMapping("sinks", tree);
            tree.properties().forEach(sink -> {
                String key = "sinks." + sink.getKey();
                requireMapping(key, sink.getValue());
                flatten(key, "", sink.getValue(), sinks.computeIfAbsent(sink.getKey(), name -> new LinkedHashMap<>()));
            });
        }
        environment.forEach((variable, value) -> {
            if (variable.startsWith("PLAIT_SINKS_")) {
                override(sinks, variable.substring("PLAIT_SINKS_".length()), value);
            }
        });
        if (sinks.size() > MAX_SINKS) {
            throw ConfigException.bad("sinks", sinks.size() + " sinks", "at most " + MAX_SINKS);
        }
        return sinks.entrySet().stream()
                .map(sink -> SinkConfig.of(sink.getKey(), sink.getValue()))
                .toList();
    }

    /**
     * {@code PAGER_BATCH_SIZE} is {@code batch.size} of the sink {@code pager}. Of the sinks whose names the variable begins
     * with, the longest name is meant; if there is none, the variable makes a sink of its first word.
     */
    private static void override(Map<String, Map<String, String>> sinks, String variable, String value) {
        String name = sinks.keySet().stream()
                .filter(known -> variable.startsWith(upper(known) + "_"))
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .orElseGet(() -> variable.split("_", 2)[0].toLowerCase(Locale.ROOT));
        int end = name.length() + 1;
        if (variable.length() <= end) {
            throw new ConfigException(
                    "PLAIT_SINKS_" + variable + ": names no key; PLAIT_SINKS_<NAME>_<KEY> is expected");
        }
        String key = variable.substring(end).toLowerCase(Locale.ROOT).replace('_', '.');
        sinks.computeIfAbsent(name, unused -> new LinkedHashMap<>()).put(key, value);
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /** Kafka Connect's configuration is flat: {@code headers: {a: b}} is {@code headers.a}, a list has commas. */
    private static void flatten(String where, String prefix, JsonNode mapping, Map<String, String> into) {
        mapping.properties().forEach(entry -> {
            String key = prefix + entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                flatten(where, key + ".", value, into);
            } else if (into.put(key, text(where + "." + key, value)) != null) {
                throw new ConfigException(where + "." + key + ": is given twice");
            }
        });
    }

    private static String text(String key, JsonNode value) {
        if (value.isArray()) {
            List<String> texts = new ArrayList<>();
            value.forEach(element -> {
                if (!element.isValueNode()
                        || element.isNull()
                        || element.asText().contains(",")) {
                    throw new ConfigException(key + ": a list of single values without commas is expected");
                }
                texts.add(element.asText());
            });
            return String.join(",", texts);
        }
        if (!value.isValueNode() || value.isNull()) {
            throw new ConfigException(key + ": a single value is expected");
        }
        return value.asText();
    }

    private static void requireMapping(String key, JsonNode node) {
        if (!node.isObject()) {
            throw new ConfigException(key + ": a mapping is expected, such as pager: { type: alertmanager, urls: … }");
        }
    }
}
