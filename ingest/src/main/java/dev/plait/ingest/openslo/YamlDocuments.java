package dev.plait.ingest.openslo;

import dev.plait.ingest.openslo.YamlValue.Mapping;
import dev.plait.ingest.openslo.YamlValue.Scalar;
import dev.plait.ingest.openslo.YamlValue.ScalarType;
import dev.plait.ingest.openslo.YamlValue.Sequence;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The documents of one YAML file, as values with lines. Only the parser of SnakeYAML is used: nothing is constructed, so a tag
 * cannot name a class; tags other than those of plain values are refused. Limits: 1 Mi characters, 32 levels, 20 000 values
 * counted after aliases are followed, so an alias within an alias cannot grow.
 */
final class YamlDocuments {
    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_ALIASES = 1000;
    private static final int MAX_VALUES = 20_000;

    private final String file;
    private final Problems problems;
    private int values;

    private YamlDocuments(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Those before the first that cannot be read. Empty documents are left out. */
    static List<Mapping> of(String file, String text, Problems problems) {
        return new YamlDocuments(file, problems).read(text);
    }

    /** Ends the reading of a file. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        Unreadable(int line, String message) {
            super(message);
            this.line = line;
        }
    }

    private List<Mapping> read(String text) {
        List<Mapping> documents = new ArrayList<>();
        if (text.length() > MAX_CHARACTERS) {
            problems.add(file, 1, "", text.length() + " characters; expected at most " + MAX_CHARACTERS);
            return documents;
        }
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MAX_CHARACTERS);
        limits.setNestingDepthLimit(MAX_DEPTH);
        limits.setMaxAliasesForCollections(MAX_ALIASES);
        try {
            for (Node node : new Yaml(limits).composeAll(new StringReader(text))) {
                document(value(node, 0)).ifPresent(documents::add);
            }
        } catch (Unreadable beyondLimits) {
            problems.add(file, beyondLimits.line, "", beyondLimits.getMessage());
        } catch (MarkedYAMLException invalid) {
            int line = invalid.getProblemMark() == null
                    ? 1
                    : invalid.getProblemMark().getLine() + 1;
            problems.add(file, line, "", "not YAML: " + invalid.getProblem());
        } catch (YAMLException invalid) {
            problems.add(
                    file,
                    1,
                    "",
                    "not YAML: " + invalid.getMessage().lines().findFirst().orElse(""));
        }
        return documents;
    }

    private Optional<Mapping> document(YamlValue value) {
        if (value instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        if (!(value instanceof Scalar scalar && scalar.type() == ScalarType.NULL)) {
            problems.add(
                    file,
                    value.line(),
                    "",
                    value.shown() + "; expected a mapping with apiVersion, kind, metadata, spec");
        }
        return Optional.empty();
    }

    private YamlValue value(Node node, int depth) throws Unreadable {
        int line = node.getStartMark().getLine() + 1;
        if (++values > MAX_VALUES) {
            throw new Unreadable(line, "more than " + MAX_VALUES + " values, aliases followed");
        }
        if (depth > MAX_DEPTH) {
            throw new Unreadable(line, "more than " + MAX_DEPTH + " levels, aliases followed");
        }
        if (node instanceof ScalarNode scalar) {
            return new Scalar(line, scalar.getValue(), type(scalar, line));
        }
        if (node instanceof SequenceNode sequence && node.getTag().equals(Tag.SEQ)) {
            List<YamlValue> elements = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                elements.add(value(element, depth + 1));
            }
            return new Sequence(line, elements);
        }
        if (node instanceof MappingNode mapping && node.getTag().equals(Tag.MAP)) {
            return mapping(mapping, line, depth);
        }
        throw unknownTag(node.getTag(), line);
    }

    private Mapping mapping(MappingNode node, int line, int depth) throws Unreadable {
        Map<String, YamlValue> fields = new LinkedHashMap<>();
        Map<String, Integer> keyLines = new LinkedHashMap<>();
        for (NodeTuple field : node.getValue()) {
            int keyLine = field.getKeyNode().getStartMark().getLine() + 1;
            if (!(field.getKeyNode() instanceof ScalarNode key)) {
                throw new Unreadable(keyLine, "a key that is no text");
            }
            YamlValue value = value(field.getValueNode(), depth + 1);
            if (fields.putIfAbsent(key.getValue(), value) != null) {
                problems.add(
                        file,
                        keyLine,
                        key.getValue(),
                        "given twice; it is also in line " + keyLines.get(key.getValue()));
            }
            keyLines.putIfAbsent(key.getValue(), keyLine);
        }
        return new Mapping(line, fields, keyLines);
    }

    private static ScalarType type(ScalarNode node, int line) throws Unreadable {
        Tag tag = node.getTag();
        if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP) || tag.equals(Tag.MERGE)) {
            return ScalarType.TEXT;
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return ScalarType.NUMBER;
        }
        if (tag.equals(Tag.BOOL)) {
            return ScalarType.TRUTH;
        }
        if (tag.equals(Tag.NULL)) {
            return ScalarType.NULL;
        }
        throw unknownTag(tag, line);
    }

    private static Unreadable unknownTag(Tag tag, int line) {
        return new Unreadable(line, "the tag " + tag.getValue() + "; expected plain values");
    }
}
