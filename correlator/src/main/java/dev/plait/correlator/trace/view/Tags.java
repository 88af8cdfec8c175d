package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.Origin;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a whole request is tagged with: the static tags of its sources, and where its resources say they run ({@code region},
 * {@code env}, {@code mesh}, {@code zone}, {@code cluster}, {@code namespace}). A static tag stands before what a resource
 * says, as it was given by hand. Within each, the piece the request entered by (its gateway's log, else its root) has the
 * word; a tag it does not have is taken from the other pieces when all that have it agree, and left out when they differ.
 */
public final class Tags {
    private static final Map<String, String[]> IDENTITY = Map.of(
            "region", new String[] {"cloud.region", "region"},
            "env", new String[] {"deployment.environment.name", "deployment.environment", "env"},
            "mesh", new String[] {"kuma.mesh", "kuma.io/mesh", "mesh"},
            "zone", new String[] {"kuma.zone", "kuma.io/zone", "zone_name", "zone", "cloud.availability_zone"},
            "cluster", new String[] {"k8s.cluster.name"},
            "namespace", new String[] {"k8s.namespace.name", "service.namespace"});

    private Tags() {}

    /** Of one piece: its static tags, and the identity of its resource under the names that it has no static tag for. */
    public static Map<String, String> of(Origin origin) {
        Map<String, String> tags = identity(origin);
        tags.putAll(origin.tags());
        return Map.copyOf(tags);
    }

    /** @param entry where the request entered, the first has the first word */
    static Map<String, String> of(List<Origin> entry, Collection<Origin> all) {
        Map<String, String> tags = new LinkedHashMap<>();
        entry.forEach(origin -> origin.tags().forEach(tags::putIfAbsent));
        agreed(all.stream().map(Origin::tags).toList()).forEach(tags::putIfAbsent);
        List<Map<String, String>> identities = all.stream().map(Tags::identity).toList();
        entry.forEach(origin -> identity(origin).forEach(tags::putIfAbsent));
        agreed(identities).forEach(tags::putIfAbsent);
        return tags;
    }

    private static Map<String, String> agreed(List<Map<String, String>> some) {
        Map<String, Optional<String>> agreed = new HashMap<>();
        for (Map<String, String> tags : some) {
            tags.forEach((name, value) ->
                    agreed.merge(name, Optional.of(value), (a, b) -> a.equals(b) ? a : Optional.empty()));
        }
        Map<String, String> found = new HashMap<>();
        agreed.forEach((name, value) -> value.ifPresent(text -> found.put(name, text)));
        return found;
    }

    private static Map<String, String> identity(Origin origin) {
        Map<String, String> identity = new HashMap<>();
        IDENTITY.forEach(
                (tag, names) -> Attributes.text(origin.resource(), names).ifPresent(value -> identity.put(tag, value)));
        return identity;
    }
}
