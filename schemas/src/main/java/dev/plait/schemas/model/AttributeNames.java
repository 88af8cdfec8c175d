package dev.plait.schemas.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives attributes the present names of {@link SemanticName} and the types that those have, in place. What attributes have
 * under a present name wins; else the older names are taken in the table's order, whatever order they came in. An attribute of
 * an older name stays beside the present one where it says something else ({@code http.target=/a?b}, {@code http.method=GET}
 * beside {@code http.request.method=POST}) or cannot be converted, and goes where it says the same ({@code 503.0} and 503).
 * What is renamed comes last, in the table's order. At most two attributes more for each that was there.
 *
 * <p>One lookup an attribute by its key, whose hash a text keeps; nothing is made or changed where names and types are those
 * of today. Not thread safe.
 */
public final class AttributeNames {
    /** What one attribute becomes, {@code rank} telling the turn it is at. */
    private record Rule(SemanticName name, String key, int rank) {
        boolean isPresent() {
            return key.equals(name.key());
        }

        boolean isDue(Object value) {
            return !(value instanceof byte[]) && (!isPresent() || !name.form().isKept(value) || isNothing(value));
        }

        boolean isNothing(Object value) {
            return name == SemanticName.ENVOY_FLAGS && (value.equals("-") || value.equals(""));
        }
    }

    private static final String RPC_SERVICE = "rpc.service";

    /** What the value of a present name may be taken from beside its older names. */
    private static final Map<SemanticName, List<String>> PARTS = Map.of(
            SemanticName.URL_QUERY, List.of("http.target", "http.path"),
            SemanticName.CLIENT_ADDRESS, List.of("net.peer.name", "net.peer.ip", "net.sock.peer.addr"),
            SemanticName.CLIENT_PORT, List.of("net.peer.port"),
            SemanticName.RPC_METHOD, List.of(RPC_SERVICE));

    private static final Map<String, Rule> RULES = rules();
    private static final Comparator<Rule> TURN = Comparator.comparingInt(Rule::rank);

    private final List<Rule> due = new ArrayList<>();

    /** Every name under which a sender may write what is shown under the present one. */
    public static List<String> sources(SemanticName name) {
        List<String> sources = new ArrayList<>(name.older());
        sources.add(name.key());
        sources.addAll(PARTS.getOrDefault(name, List.of()));
        return sources;
    }

    /** Of a span. */
    public void ofSpan(Map<String, Object> attributes, SpanKind kind) {
        boolean serves = kind == SpanKind.SERVER || kind == SpanKind.CONSUMER;
        rename(attributes, serves ? Side.SERVER : Side.CLIENT);
    }

    /** Of what no span is: a log, an event, a resource. What only the kind of a span tells stays as it is. */
    public void ofOther(Map<String, Object> attributes) {
        rename(attributes, Side.UNKNOWN);
    }

    /** Who the peer of {@code net.peer.*} is: the client of a server, the server of a client. */
    private enum Side {
        SERVER,
        CLIENT,
        UNKNOWN
    }

    private void rename(Map<String, Object> attributes, Side side) {
        due.clear();
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            Rule rule = RULES.get(attribute.getKey());
            if (rule != null && rule.isDue(attribute.getValue())) {
                due.add(rule);
            }
        }
        if (due.size() > 1) {
            due.sort(TURN);
        }
        for (int i = 0; i < due.size(); i++) {
            apply(due.get(i), attributes, side);
        }
    }

    private static void apply(Rule rule, Map<String, Object> attributes, Side side) {
        Object value = attributes.get(rule.key);
        if (rule.isNothing(value)) {
            attributes.remove(rule.key);
            return;
        }
        if (rule.isPresent()) {
            rule.name.form().of(value).ifPresent(converted -> attributes.put(rule.key, converted));
            return;
        }
        switch (rule.key) {
            case "http.target", "http.path" -> target(rule, value, attributes);
            case "http.host" -> hostAndPort(rule, value, SemanticName.SERVER_PORT, attributes);
            case "peer.address" -> hostAndPort(rule, value, SemanticName.PEER_PORT, attributes);
            case "grpc.path" -> move(rule, value, withoutSlash(value.toString()), attributes);
            case RPC_SERVICE -> service(value.toString(), attributes);
            case "net.peer.name" -> peer(rule, SemanticName.CLIENT_ADDRESS, value, attributes, side);
            case "net.peer.port" -> peer(rule, SemanticName.CLIENT_PORT, value, attributes, side);
            case "net.peer.ip", "net.sock.peer.addr" -> socket(rule, value, attributes, side);
            default -> rule.name.form().of(value).ifPresent(converted -> move(rule, value, converted, attributes));
        }
    }

    /** Gives what is there under an older name its present one; under the older one stays what says something else. */
    private static void move(Rule rule, Object value, Object converted, Map<String, Object> attributes) {
        if (put(rule.name, converted, attributes) && ValueForm.same(converted, value)) {
            attributes.remove(rule.key);
        }
    }

    /** Whether the attribute says so now: what was there before wins. */
    private static boolean put(SemanticName name, Object value, Map<String, Object> attributes) {
        Object before = attributes.putIfAbsent(name.key(), value);
        return before == null || ValueForm.same(before, value);
    }

    private static void target(Rule rule, Object value, Map<String, Object> attributes) {
        String text = value.toString();
        int question = text.indexOf('?');
        move(rule, value, question < 0 ? text : text.substring(0, question), attributes);
        if (question >= 0) {
            attributes.putIfAbsent(SemanticName.URL_QUERY.key(), text.substring(question + 1));
        }
    }

    private static void hostAndPort(Rule rule, Object value, SemanticName port, Map<String, Object> attributes) {
        String text = value.toString();
        int bracket = text.indexOf(']');
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > bracket && (bracket > 0 || text.indexOf(':') == colon);
        Optional<Long> number = hasPort ? ValueForm.whole(text.substring(colon + 1)) : Optional.empty();
        String host = number.isPresent() ? text.substring(0, colon) : text;
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        move(rule, value, bracketed ? host.substring(1, host.length() - 1) : host, attributes);
        number.ifPresent(found -> put(port, found, attributes));
    }

    /** The conventions before 1.21 call the other side so, whichever it is. On a server the older name stays: it names both. */
    private static void peer(
            Rule rule, SemanticName ofClient, Object value, Map<String, Object> attributes, Side side) {
        Optional<Object> converted = rule.name.form().of(value);
        if (side == Side.CLIENT) {
            converted.ifPresent(found -> move(rule, value, found, attributes));
        } else if (side == Side.SERVER) {
            converted.ifPresent(found -> put(ofClient, found, attributes));
        }
    }

    /** The other end of the connection: of a server, its client where nothing says more. */
    private static void socket(Rule rule, Object value, Map<String, Object> attributes, Side side) {
        if (side != Side.UNKNOWN) {
            move(rule, value, value.toString(), attributes);
        }
        if (side == Side.SERVER) {
            attributes.putIfAbsent(SemanticName.CLIENT_ADDRESS.key(), value.toString());
        }
    }

    /** A method is now named with its service: {@code shop.Cart/Add} of {@code shop.Cart} and {@code Add}. */
    private static void service(String service, Map<String, Object> attributes) {
        String key = SemanticName.RPC_METHOD.key();
        Object method = attributes.get(key);
        if (method instanceof String text && !text.isEmpty() && !service.isEmpty() && text.indexOf('/') < 0) {
            attributes.put(key, service + '/' + text);
        }
    }

    private static String withoutSlash(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new HashMap<>();
        for (SemanticName name : SemanticName.all()) {
            rules.put(name.key(), new Rule(name, name.key(), rules.size()));
            name.older().forEach(older -> rules.put(older, new Rule(name, older, rules.size())));
        }
        // after the method itself
        rules.put(RPC_SERVICE, new Rule(SemanticName.RPC_METHOD, RPC_SERVICE, rules.size()));
        return rules;
    }
}
