package dev.plait.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A node of a YAML file, merge keys resolved. What is absent is an empty node, so that paths can be followed blindly. */
record Yaml(Object value) {
    static Yaml of(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).load(Files.readString(file)));
    }

    Yaml at(String... path) {
        Object node = value;
        for (String key : path) {
            node = node instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return new Yaml(node);
    }

    boolean exists() {
        return value != null;
    }

    String text() {
        return value == null ? "" : value.toString();
    }

    /** The keys of a mapping, or the elements of a list, as texts. */
    List<String> texts() {
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().map(Object::toString).toList();
        }
        return nodes().stream().map(Yaml::text).toList();
    }

    /** The elements of a list. */
    List<Yaml> nodes() {
        return value instanceof List<?> list ? list.stream().map(Yaml::new).toList() : List.of();
    }
}
