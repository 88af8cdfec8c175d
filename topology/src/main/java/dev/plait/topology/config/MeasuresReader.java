package dev.plait.topology.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.correlator.measure.DropRule;
import dev.plait.correlator.measure.MeasureRule;
import dev.plait.correlator.measure.MeasureSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code measures} of the file: a list of mappings, at most {@value #MAX_MEASURES}. */
final class MeasuresReader {
    private static final int MAX_MEASURES = 32;
    private static final int MAX_NAME_CHARS = 128;
    private static final int MAX_UNIT_CHARS = 32;
    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

    private MeasuresReader() {}

    static List<MeasureRule> read(JsonNode list) {
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || list.size() > MAX_MEASURES) {
            Object found = list.isArray() ? list.size() + " measures" : list;
            throw ConfigException.bad("measures", found, "a list of at most " + MAX_MEASURES + " measures");
        }
        List<MeasureRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Section section = section("measures[" + i + "]", list.get(i));
            MeasureRule rule = rule(section);
            if (!names.add(rule.name())) {
                throw section.bad("name", rule.name(), "the name of one measure only");
            }
            rules.add(rule);
        }
        return rules;
    }

    private static MeasureRule rule(Section section) {
        String name = section.text("name", "");
        if (!MeasureRule.isName(name)) {
            throw section.bad("name", name, "1 to 64 lower-case letters, digits, '_', '.' and '-', a letter first");
        }
        String attribute = section.text("attribute", "");
        if (attribute.isBlank() || attribute.length() > MAX_NAME_CHARS) {
            throw section.bad("attribute", attribute, "the name of an attribute, at most 128 characters");
        }
        String unit = section.text("unit", "");
        if (unit.length() > MAX_UNIT_CHARS) {
            throw section.bad("unit", unit, "at most 32 characters");
        }
        String source = section.text("source", MeasureSource.SPAN.label());
        MeasureSource from = MeasureSource.ofLabel(source).orElseThrow(() -> section.bad("source", source, sources()));
        List<String> by = section.list("by").stream().distinct().toList();
        if (by.size() > MeasureRule.MAX_LABELS) {
            throw section.bad("by", by.size() + " labels", "at most " + MeasureRule.MAX_LABELS);
        }
        for (String label : by) {
            if (!MeasureRule.isLabel(label) || label.length() > MAX_NAME_CHARS) {
                throw section.bad(
                        "by",
                        label,
                        "service, route, method, status_class, or a tag or attribute of at most 128 characters");
            }
        }
        int maxSeries = section.whole("max-series", 1_000, 1, 100_000);
        Optional<DropRule> drop = drop(section);
        section.end();
        return new MeasureRule(name, attribute, unit, from, by, maxSeries, drop);
    }

    /** All keys are read, so that one without {@code drop} is told as what is missing. */
    private static Optional<DropRule> drop(Section section) {
        double share = section.ratio("drop", 0);
        String of = section.text("drop-of", "sum");
        Duration window = section.duration("drop-window", Duration.ofMinutes(5), ONE_MINUTE, Duration.ofHours(6));
        Duration past = section.duration(
                "drop-past",
                window.multipliedBy(12),
                window.multipliedBy(2),
                window.multipliedBy(DropRule.MAX_PAST_WINDOWS));
        int minCount = section.whole("drop-min-count", 20, 1, 1_000_000);
        String severity = section.text("drop-severity", "ticket");
        if (!of.equals("sum") && !of.equals("count")) {
            throw section.bad("drop-of", of, "sum or count");
        }
        if (severity.isBlank() || severity.length() > MAX_UNIT_CHARS) {
            throw section.bad("drop-severity", severity, "1 to 32 characters");
        }
        if (share == 0) {
            return Optional.empty();
        }
        return Optional.of(new DropRule(
                share,
                of.equals("sum") ? DropRule.Of.SUM : DropRule.Of.COUNT,
                window.toMillis(),
                past.toMillis(),
                minCount,
                severity));
    }

    private static String sources() {
        return "one of "
                + Arrays.stream(MeasureSource.values())
                        .map(MeasureSource::label)
                        .collect(Collectors.joining(", "));
    }

    private static Section section(String name, JsonNode mapping) {
        if (!mapping.isObject()) {
            throw ConfigException.bad(name, mapping, "a mapping with name and attribute");
        }
        Map<String, String> values = new LinkedHashMap<>();
        mapping.properties().forEach(entry -> values.put(entry.getKey(), text(name, entry.getKey(), entry.getValue())));
        return new Section(name, values);
    }

    private static String text(String name, String key, JsonNode value) {
        if (key.equals("by") && value.isArray()) {
            List<String> texts = new ArrayList<>();
            value.forEach(element -> {
                if (!element.isTextual() || element.asText().contains(",")) {
                    throw ConfigException.bad(name + ".by", element, "a list of texts without commas");
                }
                texts.add(element.asText());
            });
            return String.join(",", texts);
        }
        if (!value.isValueNode() || value.isNull()) {
            throw ConfigException.bad(name + '.' + key, value, "a single value");
        }
        return value.asText();
    }
}
