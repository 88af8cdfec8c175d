package dev.plait.schemas.model;

import java.util.Map;

/**
 * Where an item came from: its OTLP resource attributes, its instrumentation scope (empty when unnamed), what wrote it, and
 * the static tags of its source. Shared by all items of one resource, so it is compared by identity first.
 */
public record Origin(Map<String, Object> resource, String scope, Source source, Map<String, String> tags) {
    public Origin {
        resource = Attributes.copy(resource);
        tags = Map.copyOf(tags);
    }
}
