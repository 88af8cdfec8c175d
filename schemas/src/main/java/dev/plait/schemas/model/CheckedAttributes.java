package dev.plait.schemas.model;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * Attributes that were checked and can no longer change. A span's go through three records on their way out: its own type lets
 * each constructor see that there is nothing left to check or to copy.
 */
final class CheckedAttributes extends AbstractMap<String, Object> {
    private final Map<String, Object> attributes;

    /** Takes the map over. */
    CheckedAttributes(Map<String, Object> attributes) {
        this.attributes = Collections.unmodifiableMap(attributes);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return attributes.entrySet();
    }

    @Override
    public Object get(Object key) {
        return attributes.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return attributes.containsKey(key);
    }
}
