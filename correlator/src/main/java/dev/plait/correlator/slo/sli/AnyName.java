package dev.plait.correlator.slo.sli;

import dev.plait.schemas.model.Attributes;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/** Attributes as expressions see them: found under present and older names alike, listed under those that they have. */
final class AnyName extends AbstractMap<String, Object> {
    private final Map<String, Object> attributes;

    AnyName(Map<String, Object> attributes) {
        this.attributes = attributes;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return attributes.entrySet();
    }

    @Override
    public Object get(Object key) {
        return key instanceof String name ? Attributes.named(attributes, name).orElse(null) : null;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }
}
