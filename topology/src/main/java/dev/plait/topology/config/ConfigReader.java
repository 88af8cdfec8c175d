package dev.plait.topology.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;

/** YAML and environment into {@link PlaitConfig}. Limits: 256 KiB of text, depth 16, no duplicate keys. */
final class ConfigReader {
    private static final int MAX_CHARACTERS = 256 * 1024;
    private static final String ENVIRONMENT = "PLAIT_";
    private static final List<String> SECTIONS = List.of(
            "kafka",
            "application",
            "sources",
            "traces",
            "sampling",
            "redaction",
            "red",
            "measures",
            "slo",
            "receivers",
            "sinks",
            "connect",
            "output");

    /** Sections whose keys are Kafka's own, with dots. */
    private static final Set<String> PASSED_ON = Set.of("kafka", "connect");

    private static final Set<String> LISTS =
            Set.of("red.tags", "slo.files", "receivers.cors-origins", "redaction.names", "redaction.keep");

    /** Lists whose texts may hold commas: a line each. */
    private static final Set<String> LINES = Set.of("redaction.patterns");

    private ConfigReader() {}

    static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException absent) {
            throw new ConfigException("config: '" + file + "' does not exist");
        } catch (MalformedInputException notText) {
            throw new ConfigException("config: '" + file + "' is not UTF-8 text");
        } catch (IOException unreadable) {
            throw new ConfigException("config: '" + file + "' cannot be read: " + unreadable.getMessage());
        }
    }

    /** @param where what a syntax error is said to be in */
    static PlaitConfig read(String where, String yaml, Map<String, String> environment) {
        JsonNode tree = tree(where, yaml);
        tree.fieldNames().forEachRemaining(name -> {
            if (!SECTIONS.contains(name)) {
                throw new ConfigException(name + ": unknown key; known are " + String.join(", ", SECTIONS));
            }
        });
        Map<String, String> kafka = section(tree, "kafka", environment);
        kafka.putIfAbsent("bootstrap.servers", "localhost:9092");
        output(new Section("output", section(tree, "output", environment)));
        return new PlaitConfig(
                kafka,
                ApplicationConfig.of(new Section("application", section(tree, "application", environment))),
                sources(tree.path("sources")),
                TracesConfig.of(new Section("traces", section(tree, "traces", environment))),
                SamplingConfig.of(new Section("sampling", section(tree, "sampling", environment))),
                RedactionConfig.of(new Section("redaction", section(tree, "redaction", environment))),
                RedConfig.of(new Section("red", section(tree, "red", environment))),
                MeasuresReader.read(tree.path("measures")),
                SloConfig.of(new Section("slo", section(tree, "slo", environment))),
                ReceiversConfig.of(new Section("receivers", section(tree, "receivers", environment))),
                SinksReader.read(tree.path("sinks"), environment),
                section(tree, "connect", environment));
    }

    private static JsonNode tree(String where, String yaml) {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MAX_CHARACTERS);
        limits.setNestingDepthLimit(16);
        limits.setAllowDuplicateKeys(false);
        YAMLFactory factory = YAMLFactory.builder()
                .loaderOptions(limits)
                .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        ObjectMapper mapper = new ObjectMapper(factory);
        try (JsonParser parser = factory.createParser(yaml)) {
            JsonNode tree = mapper.readTree(parser);
            if (tree == null || tree.isNull() || tree.isMissingNode()) {
                return mapper.createObjectNode();
            }
            if (!tree.isObject()) {
                throw new ConfigException(where + ": a mapping of sections is expected at the top");
            }
            return tree;
        } catch (JsonProcessingException invalid) {
            int line = invalid.getLocation() == null ? 0 : invalid.getLocation().getLineNr();
            throw new ConfigException(where + ": line " + line + ": "
                    + invalid.getOriginalMessage().lines().findFirst().orElse("not YAML"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** One mapping of scalars, the environment's values over the file's. */
    private static Map<String, String> section(JsonNode tree, String name, Map<String, String> environment) {
        Map<String, String> values = scalars(name, tree.path(name));
        String prefix = ENVIRONMENT + name.toUpperCase(Locale.ROOT) + "_";
        String separator = PASSED_ON.contains(name) ? "." : "-";
        environment.forEach((variable, value) -> {
            if (variable.startsWith(prefix)) {
                String key = variable.substring(prefix.length())
                        .toLowerCase(Locale.ROOT)
                        .replace("_", separator);
                values.put(key, value);
            }
        });
        return values;
    }

    private static Map<String, String> scalars(String name, JsonNode node) {
        Map<String, String> values = new LinkedHashMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return values;
        }
        if (!node.isObject()) {
            throw ConfigException.bad(name, node, "a mapping of keys to values");
        }
        node.properties().forEach(entry -> {
            values.put(entry.getKey(), text(name + "." + entry.getKey(), entry.getValue()));
        });
        return values;
    }

    /** The scalars of a mapping and of the mappings in it, by their paths with dots. */
    private static Map<String, String> paths(String name, JsonNode node) {
        Map<String, String> values = new LinkedHashMap<>();
        if (!node.isObject()) {
            return scalars(name, node);
        }
        node.properties().forEach(entry -> {
            String key = entry.getKey();
            if (entry.getValue().isObject()) {
                paths(name + "." + key, entry.getValue()).forEach((path, text) -> values.put(key + "." + path, text));
            } else {
                values.put(key, text(name + "." + key, entry.getValue()));
            }
        });
        return values;
    }

    /** A single value, or the values of a list with commas between them, as the environment gives a list. */
    private static String text(String key, JsonNode value) {
        if (value.isArray() && LISTS.contains(key)) {
            List<String> texts = new ArrayList<>();
            value.forEach(element -> {
                if (!element.isTextual() || element.asText().contains(",")) {
                    throw ConfigException.bad(key, element, "a list of texts without commas");
                }
                texts.add(element.asText());
            });
            return String.join(",", texts);
        }
        if (value.isArray() && LINES.contains(key)) {
            List<String> lines = new ArrayList<>();
            value.forEach(element -> {
                if (!element.isTextual() || element.asText().contains("\n")) {
                    throw ConfigException.bad(key, element, "a list of texts of one line");
                }
                lines.add(element.asText());
            });
            return String.join("\n", lines);
        }
        if (!value.isValueNode() || value.isNull()) {
            throw ConfigException.bad(key, value, "a single value");
        }
        return value.asText();
    }

    private static List<SourceConfig> sources(JsonNode list) {
        if (list.isMissingNode()) {
            return DefaultSources.LIST;
        }
        if (!list.isArray() || list.isEmpty()) {
            throw ConfigException.bad("sources", list, "a list of at least one source");
        }
        List<SourceConfig> sources = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String name = "sources[" + i + "]";
            JsonNode node = list.get(i);
            if (!node.isObject()) {
                throw ConfigException.bad(name, node, "a mapping with topic and format");
            }
            Map<String, String> tags = scalars(name + ".tags", node.path("tags"));
            Map<String, String> jsonFormat =
                    paths(name + "." + FormatOptions.JSON_FORMAT, node.path(FormatOptions.JSON_FORMAT));
            ObjectNode rest = (ObjectNode) node;
            rest.remove("tags");
            if (rest.has(FormatOptions.JSON_FORMAT)) {
                rest.put(FormatOptions.JSON_FORMAT, "");
            }
            sources.add(SourceConfig.of(new Section(name, scalars(name, rest)), tags, jsonFormat));
        }
        overlapping(sources);
        return sources;
    }

    private static void overlapping(List<SourceConfig> sources) {
        for (SourceConfig source : sources) {
            for (String topic : source.pattern() ? List.<String>of() : source.topics()) {
                if (sources.stream().filter(other -> other.covers(topic)).count() > 1) {
                    throw new ConfigException(
                            "sources: topic '" + topic + "' is covered twice; each topic belongs to one source");
                }
            }
        }
    }

    private static void output(Section output) {
        String format = output.text("format", "json");
        if (!format.equals("json")) {
            throw output.bad("format", format, "json, the only output format of this version");
        }
        output.end();
    }
}
