package dev.plait.ingest.envoy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The formats that a source's proxies were configured with: of lines of text, and by name of the members of JSON lines. What is
 * not given is as by default. A decoder's own, as its formats keep where they were.
 */
public final class MeshFormat {
    private final Optional<TextFormat> text;
    private final Map<String, TextFormat> members = new LinkedHashMap<>();
    private final Set<String> constants = new HashSet<>();

    private MeshFormat(Optional<TextFormat> text) {
        this.text = text;
    }

    /** Nothing but Envoy's and Kuma's defaults. */
    public static MeshFormat byDefault() {
        return new MeshFormat(Optional.empty());
    }

    /**
     * Of configured texts in Envoy's syntax.
     *
     * @param text empty for the default
     * @param members {@code json_format} or {@code typed_json_format}, members of objects in it by their path with dots; one
     *     without an operator is the same in every line and means nothing; none for the default
     * @throws IllegalArgumentException with a clause that says what is wrong, and where
     */
    public static MeshFormat of(String text, Map<String, String> members) {
        MeshFormat format =
                new MeshFormat(text.isEmpty() ? Optional.empty() : Optional.of(new TextFormat(withoutEnd(text))));
        members.forEach((name, member) -> {
            if (member.indexOf('%') < 0) {
                format.constants.add(name);
                return;
            }
            try {
                format.members.put(name, new TextFormat(member));
            } catch (IllegalArgumentException bad) {
                throw new IllegalArgumentException(name + ": " + bad.getMessage(), bad);
            }
        });
        return format;
    }

    /** Formats of files end with the end of their line. */
    private static String withoutEnd(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    Optional<TextFormat> text() {
        return text;
    }

    Map<String, TextFormat> members() {
        return members;
    }

    /** What the members mean that are not configured, by their names: the known ones, but those that are constant here. */
    Map<String, Column> columns() {
        Map<String, Column> columns = JsonKeys.columns();
        columns.keySet().removeAll(constants);
        return columns;
    }
}
