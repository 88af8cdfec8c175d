package dev.plait.app;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A Collector's configuration with none of its variables set. A path that is not there is an error, except of lists. */
record CollectorConfig(Object root) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:[A-Z_]+:-([^}]*)}");

    static CollectorConfig read(String example) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        String text = VARIABLE.matcher(Files.readString(CollectorProcess.example(example)))
                .replaceAll("$1");
        if (text.contains("${")) {
            throw new AssertionError(example + " has a variable without a default");
        }
        return new CollectorConfig(new Yaml(new SafeConstructor(options)).load(text));
    }

    /** The keys of a mapping; none when it is not there. */
    Set<String> keys(String... path) {
        Set<String> keys = new HashSet<>();
        if (at(path) instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> keys.add(String.valueOf(key)));
        }
        return keys;
    }

    /** The elements of a list; none when it is not there. */
    List<String> texts(String... path) {
        return at(path) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    String text(String... path) {
        Object node = at(path);
        if (node == null || node instanceof Map || node instanceof List) {
            throw new AssertionError(String.join(".", path) + " is " + node);
        }
        return node.toString();
    }

    private Object at(String... path) {
        Object node = root;
        for (String key : path) {
            node = node instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return node;
    }
}
