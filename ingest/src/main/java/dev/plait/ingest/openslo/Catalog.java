package dev.plait.ingest.openslo;

import dev.plait.ingest.openslo.OpenSloObject.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects of all files, by kind and name. */
final class Catalog {
    private static final int MAX_SHOWN = 10;

    private final Map<Kind, Map<String, OpenSloObject>> objects = new EnumMap<>(Kind.class);

    /** Of two with one name the first is kept. */
    void add(OpenSloObject object) {
        OpenSloObject first = objects.computeIfAbsent(object.kind(), kind -> new LinkedHashMap<>())
                .putIfAbsent(object.name(), object);
        if (first != null) {
            object.whole()
                    .problem(
                            "metadata",
                            "there is another " + object.kind().label() + " '" + object.name() + "' in "
                                    + first.whole().file() + ":" + first.whole().line("metadata"));
        }
    }

    List<OpenSloObject> all(Kind kind) {
        return new ArrayList<>(objects.getOrDefault(kind, Map.of()).values());
    }

    /** What {@code from.key} refers to; a problem when there is no such object. */
    Optional<OpenSloObject> find(Kind kind, Fields from, String key) {
        Optional<String> name = from.text(key, "the name of a " + kind.label());
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Map<String, OpenSloObject> known = objects.getOrDefault(kind, Map.of());
        Optional<OpenSloObject> found = Optional.ofNullable(known.get(name.get()));
        if (found.isEmpty()) {
            List<String> names =
                    known.keySet().stream().sorted().limit(MAX_SHOWN).toList();
            from.problem(
                    key,
                    name.get() + "; no " + kind.label() + " of that name in any file"
                            + (names.isEmpty() ? "" : ", there is " + String.join(", ", names)));
        }
        return found;
    }
}
