package dev.plait.ingest.span;

import static java.util.Map.entry;

import dev.plait.ingest.otlp.GrpcStatus;
import dev.plait.schemas.model.SemanticName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the attributes of a span the names of today's semantic conventions: older ones, and the tags of Kong, Envoy, Zipkin's
 * and OpenTracing's libraries. A value is converted to the type of its new name. An old tag stays only if it says something
 * that the new attribute does not; what a span already has under the new name wins.
 *
 * <p>Which names mean the same is in {@link SemanticName}; here is how their values differ.
 */
final class SpanNames {
    /** What a value becomes. */
    private enum As {
        TEXT,
        INTEGER,
        STATUS,
        GRPC_STATUS,
        URL,
        TARGET,
        HOST,
        ADDRESS,
        IPV4,
        VERSION,
        FLAGS,
        GRPC_PATH
    }

    private record Rule(String key, As as) {}

    private static final String SERVER_PORT = "server.port";
    private static final String PEER_PORT = "network.peer.port";
    private static final int MAX_DIGITS = 18;

    /** How the value of a name becomes that of the present one; as it is, unless it is here. By present name or by older one. */
    private static final Map<String, As> CONVERSIONS = Map.ofEntries(
            entry("http.response.status_code", As.STATUS),
            entry("http.request.size", As.INTEGER),
            entry("http.response.size", As.INTEGER),
            entry("server.port", As.INTEGER),
            entry("network.peer.port", As.INTEGER),
            entry("kong.balancer.try", As.INTEGER),
            entry("url.full", As.URL),
            entry("rpc.status_code", As.GRPC_STATUS),
            entry("envoy.response_flags", As.FLAGS),
            entry("http.path", As.TARGET),
            entry("http.target", As.TARGET),
            entry("http.host", As.HOST),
            entry("peer.address", As.ADDRESS),
            entry("peer.ipv4", As.IPV4),
            entry("http.protocol", As.VERSION),
            entry("grpc.path", As.GRPC_PATH));

    /** Present names whose own values are looked at, too: they may be texts of numbers, or say nothing. */
    private static final List<String> CHECKED = List.of(
            "http.response.status_code",
            "http.request.size",
            "http.response.size",
            "kong.balancer.try",
            "envoy.response_flags");

    private static final Map<String, Rule> RULES = rules();

    private Map<String, Object> before = new LinkedHashMap<>();

    /** Renames what is in {@code attributes}. O(n). */
    void normalise(Map<String, Object> attributes) {
        before = SpanRecord.emptied(before);
        before.putAll(attributes);
        attributes.clear();
        before.forEach((key, value) -> {
            Rule rule = RULES.get(key);
            if (rule == null || value instanceof byte[]) {
                attributes.put(key, value);
            } else {
                apply(rule, key, value, attributes);
            }
        });
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new HashMap<>();
        for (SemanticName name : SemanticName.all()) {
            As as = CONVERSIONS.getOrDefault(name.key(), As.TEXT);
            for (String older : name.older()) {
                rules.put(older, new Rule(name.key(), CONVERSIONS.getOrDefault(older, as)));
            }
        }
        CHECKED.forEach(key -> rules.put(key, new Rule(key, CONVERSIONS.get(key))));
        return Map.copyOf(rules);
    }

    private void apply(Rule rule, String key, Object value, Map<String, Object> attributes) {
        String text = value.toString();
        switch (rule.as) {
            case TEXT -> rename(rule, key, value, Optional.of(value), attributes);
            case INTEGER -> rename(rule, key, value, whole(value), attributes);
            case STATUS ->
                rename(rule, key, value, whole(value).filter(code -> code >= 100 && code <= 999), attributes);
            case VERSION -> rename(rule, key, value, version(text), attributes);
            case URL -> put(rule.key, key, text, attributes);
            case TARGET -> target(key, text, attributes);
            case HOST -> hostAndPort(rule, key, text, SERVER_PORT, attributes);
            case ADDRESS -> hostAndPort(rule, key, text, PEER_PORT, attributes);
            case IPV4 -> {
                if (!put(rule.key, key, value instanceof Long bits ? dotted(bits) : text, attributes)) {
                    attributes.putIfAbsent(key, value);
                }
            }
            case GRPC_STATUS -> {
                GrpcStatus.name(text).ifPresent(name -> put(rule.key, key, name, attributes));
                attributes.put(key, value);
            }
            case GRPC_PATH -> put(rule.key, key, grpcMethod(text), attributes);
            case FLAGS -> {
                if (!text.isEmpty() && !text.equals("-")) {
                    put(rule.key, key, text, attributes);
                }
            }
        }
    }

    /** Under the new name what can be converted; under the old one what says more, or cannot be. */
    private void rename(Rule rule, String key, Object value, Optional<?> converted, Map<String, Object> attributes) {
        boolean same = converted.isPresent() && put(rule.key, key, converted.get(), attributes);
        if (!same || !converted.get().toString().equals(value.toString())) {
            attributes.putIfAbsent(key, value);
        }
    }

    /** Whether the attribute has the value now: the span's own, under the new name, wins. */
    private boolean put(String newKey, String oldKey, Object value, Map<String, Object> attributes) {
        if (!newKey.equals(oldKey) && before.containsKey(newKey)) {
            return before.get(newKey).toString().equals(value.toString());
        }
        Object first = attributes.putIfAbsent(newKey, value);
        return first == null || first.toString().equals(value.toString());
    }

    private void target(String key, String text, Map<String, Object> attributes) {
        int question = text.indexOf('?');
        put("url.path", key, question < 0 ? text : text.substring(0, question), attributes);
        if (question >= 0) {
            put("url.query", key, text.substring(question + 1), attributes);
        }
    }

    private void hostAndPort(Rule rule, String key, String text, String portKey, Map<String, Object> attributes) {
        int bracket = text.indexOf(']');
        int colon = text.lastIndexOf(':');
        boolean port = colon > bracket && (bracket > 0 || text.indexOf(':') == colon);
        Optional<Long> number = port ? whole(text.substring(colon + 1)) : Optional.empty();
        if (number.isEmpty()) {
            rename(rule, key, text, Optional.of(text), attributes);
            return;
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        put(rule.key, key, bracketed ? host.substring(1, host.length() - 1) : host, attributes);
        put(portKey, key, number.get(), attributes);
    }

    /** An IPv4 address that OpenTracing's libraries wrote as a number of 32 bits, with a sign or without. */
    private static String dotted(long bits) {
        return (bits >> 24 & 0xff) + "." + (bits >> 16 & 0xff) + "." + (bits >> 8 & 0xff) + "." + (bits & 0xff);
    }

    /** {@code 1.1} of {@code HTTP/1.1}. */
    private static Optional<String> version(String protocol) {
        int slash = protocol.indexOf('/');
        return slash < 0 || slash == protocol.length() - 1
                ? Optional.empty()
                : Optional.of(protocol.substring(slash + 1));
    }

    /** {@code shop.Cart/Add} of {@code /shop.Cart/Add}. */
    private static String grpcMethod(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static Optional<Long> whole(Object value) {
        if (value instanceof Long number) {
            return Optional.of(number);
        }
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Optional.of(number.longValue())
                    : Optional.empty();
        }
        String text = value.toString();
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return Optional.of(Long.parseLong(text));
    }
}
