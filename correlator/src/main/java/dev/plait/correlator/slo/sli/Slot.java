package dev.plait.correlator.slo.sli;

import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.CountedRequest;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One value of a request that something reads: a field, or one key of a map.
 *
 * @param key of a map, else empty
 */
record Slot(Kind kind, String key) implements Comparable<Slot> {
    private static final Comparator<Slot> ORDER =
            Comparator.comparing(Slot::kind).thenComparing(Slot::key);

    /** Where the value is. */
    enum Kind {
        SERVICE("service"),
        ROUTE("route"),
        METHOD("method"),
        PATH("path"),
        KIND("kind"),
        CONSUMER("consumer"),
        STATUS("status"),
        ERROR("error"),
        TAGS("tags"),
        ATTRIBUTES("attributes"),

        /** A tag, else an attribute: what a group may be named by. No variable. */
        EITHER("");

        private static final Map<String, Kind> BY_VARIABLE =
                Stream.of(values()).collect(Collectors.toUnmodifiableMap(Kind::variable, kind -> kind));
        private final String variable;

        Kind(String variable) {
            this.variable = variable;
        }

        /** Its name in expressions. */
        String variable() {
            return variable;
        }

        static Optional<Kind> ofVariable(String name) {
            return name.isEmpty() ? Optional.empty() : Optional.ofNullable(BY_VARIABLE.get(name));
        }

        boolean isMap() {
            return this == TAGS || this == ATTRIBUTES;
        }
    }

    static Slot of(Kind kind) {
        return new Slot(kind, "");
    }

    /** Status and error are numbers and no objects; {@link Combination} keeps them apart. */
    boolean isNumber() {
        return kind == Kind.STATUS || kind == Kind.ERROR;
    }

    /** Whether it is likely to take so many values that requests should not be told apart by it unless needed. */
    boolean mayVary() {
        return switch (kind) {
            case PATH, CONSUMER, ATTRIBUTES -> true;
            default -> false;
        };
    }

    /** The value, null when the request has none. Not for numbers. */
    Object value(CountedRequest request) {
        return switch (kind) {
            case SERVICE -> request.service();
            case ROUTE -> request.route();
            case METHOD -> request.method();
            case PATH -> request.path();
            case KIND -> request.kind();
            case CONSUMER -> request.consumer();
            case TAGS -> request.tags().get(key);
            case ATTRIBUTES -> attribute(request);
            case EITHER -> either(request);
            case STATUS, ERROR -> throw new IllegalStateException(kind + " is a number");
        };
    }

    private Object either(CountedRequest request) {
        Object tag = request.tags().get(key);
        return tag != null ? tag : attribute(request);
    }

    /** Under the name that the file has, be it today's or an older one. */
    private Object attribute(CountedRequest request) {
        return Attributes.named(request.attributes(), key).orElse(null);
    }

    @Override
    public int compareTo(Slot other) {
        return ORDER.compare(this, other);
    }
}
