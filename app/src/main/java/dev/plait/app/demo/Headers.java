package dev.plait.app.demo;

import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The headers of a request or message: names in any case, one value each. One thread at a time. */
final class Headers {
    static final TextMapSetter<Headers> SETTER = (headers, name, value) -> {
        if (headers != null) {
            headers.put(name, value);
        }
    };
    static final TextMapGetter<Headers> GETTER = new Getter();

    private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Headers put(String name, String value) {
        values.put(name, value);
        return this;
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** What a proxy forwards: the same headers, to be changed on their own. */
    Headers copy() {
        Headers copy = new Headers();
        copy.values.putAll(values);
        return copy;
    }

    Map<String, String> asMap() {
        return Map.copyOf(values);
    }

    private static final class Getter implements TextMapGetter<Headers> {
        @Override
        public String get(Headers headers, String name) {
            return headers == null ? null : headers.values.get(name);
        }
    }
}
