package dev.plait.correlator.alert;

import dev.plait.schemas.model.SloDefinition;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which SLO, or which group of one, alerts speak of. */
record AlertSubject(SloDefinition definition, Map<String, String> group) {
    /** {@code Pay availability (region=eu, route=pay-v1)}. */
    String title() {
        String name = definition.displayName().isEmpty() ? definition.name() : definition.displayName();
        return group.isEmpty() ? name : name + " (" + groupText() + ")";
    }

    private String groupText() {
        return new TreeMap<>(group)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(", "));
    }
}
