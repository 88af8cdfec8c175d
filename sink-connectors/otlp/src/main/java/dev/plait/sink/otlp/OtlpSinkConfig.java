package dev.plait.sink.otlp;

import dev.plait.sink.delivery.ShownUrl;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The OTLP sink's configuration, read and checked as a whole: an instance that exists is valid. Secrets are never part of a
 * message.
 */
final class OtlpSinkConfig extends AbstractConfig {
    private final Protocol protocol;
    private final Preset preset;
    private final Map<String, String> headers;

    /** @throws org.apache.kafka.common.config.ConfigException naming the first key that is wrong */
    OtlpSinkConfig(ConfigDef keys, Map<String, String> properties) {
        super(keys, properties, false);
        protocol = Protocol.of(getString(OtlpKeys.PROTOCOL));
        preset = Preset.valueOf(getString(OtlpKeys.PRESET).toUpperCase(Locale.ROOT));
        headers = headers();
    }

    Protocol protocol() {
        return protocol;
    }

    Preset preset() {
        return preset;
    }

    /** In lower case, the token of the preset among them. */
    Map<String, String> allHeaders() {
        Map<String, String> all = new LinkedHashMap<>(headers);
        String token = getPassword(OtlpKeys.API_TOKEN).value();
        if (preset != Preset.NONE && !token.isEmpty()) {
            all.putAll(preset.authorization(token));
        }
        return all;
    }

    Endpoints endpoints() {
        return new Endpoints(getString(OtlpKeys.ENDPOINT), endpointsOfSignals());
    }

    boolean gzip() {
        return getString(OtlpKeys.COMPRESSION).equals("gzip");
    }

    Revisions revisions() {
        return Revisions.valueOf(getString(OtlpKeys.REVISIONS).toUpperCase(Locale.ROOT));
    }

    boolean keptTracesOnly() {
        return getString(OtlpKeys.SAMPLING).equals("keep");
    }

    boolean durationsInSeconds() {
        return getString(OtlpKeys.DURATION_UNIT).equals("s");
    }

    ExportLimits limits() {
        return new ExportLimits(getInt(OtlpKeys.MAX_BYTES), getInt(OtlpKeys.MAX_ITEMS));
    }

    Set<Signal> signals() {
        EnumSet<Signal> signals = EnumSet.noneOf(Signal.class);
        getList(OtlpKeys.SIGNALS).forEach(label -> signals.add(Signal.valueOf(label.toUpperCase(Locale.ROOT))));
        return signals;
    }

    /** What the records of each topic are. */
    Map<String, RecordKind> kinds() {
        Map<String, RecordKind> kinds = new HashMap<>();
        for (RecordKind kind : RecordKind.values()) {
            getList(kind.key()).forEach(topic -> kinds.put(topic, kind));
        }
        return kinds;
    }

    /** What is wrong with keys that are well each for itself: messages by key. */
    Map<String, String> problems(Optional<String> topics) {
        Map<String, String> problems = new LinkedHashMap<>();
        urlProblems(problems);
        try {
            HeaderList.parse(getPassword(OtlpKeys.HEADERS).value());
        } catch (IllegalArgumentException wrong) {
            problems.put(OtlpKeys.HEADERS, wrong.getMessage());
        }
        preset.refusalOf(protocol).ifPresent(text -> problems.put(OtlpKeys.PROTOCOL, text));
        preset.refusalOf(getInt(OtlpKeys.MAX_ITEMS)).ifPresent(text -> problems.put(OtlpKeys.MAX_ITEMS, text));
        tokenProblem().ifPresent(text -> problems.put(OtlpKeys.API_TOKEN, text));
        topics.flatMap(this::topicProblem).ifPresent(text -> problems.put("topics", text));
        return problems;
    }

    private void urlProblems(Map<String, String> problems) {
        Map<Signal, String> ofSignals = endpointsOfSignals();
        check(OtlpKeys.ENDPOINT, getString(OtlpKeys.ENDPOINT), problems);
        ofSignals.forEach((signal, url) -> check(OtlpKeys.endpoint(signal), url, problems));
        if (protocol == Protocol.GRPC) {
            ofSignals
                    .keySet()
                    .forEach(signal -> problems.put(
                            OtlpKeys.endpoint(signal), "over gRPC all signals go to " + OtlpKeys.ENDPOINT));
        }
        if (ofSignals.size() < Signal.values().length) {
            preset.refusalOf(getString(OtlpKeys.ENDPOINT))
                    .ifPresent(text -> problems.putIfAbsent(OtlpKeys.ENDPOINT, text));
        }
    }

    private static void check(String key, String url, Map<String, String> problems) {
        try {
            Endpoints.url(url);
        } catch (IllegalArgumentException wrong) {
            problems.put(key, ShownUrl.of(url) + ": an http:// or https:// URL without a user name is expected");
        }
    }

    private Optional<String> tokenProblem() {
        boolean token = !getPassword(OtlpKeys.API_TOKEN).value().isEmpty();
        if (preset == Preset.NONE) {
            return token
                    ? Optional.of("is of a preset; without one put it into " + OtlpKeys.HEADERS)
                    : Optional.empty();
        }
        return token || preset.isAuthorized(headers)
                ? Optional.empty()
                : Optional.of("preset " + preset.label() + " wants a token");
    }

    private Optional<String> topicProblem(String topics) {
        Map<String, RecordKind> kinds = kinds();
        for (String topic : topics.split(",", -1)) {
            if (!topic.isBlank() && !kinds.containsKey(topic.strip())) {
                return Optional.of("what the records of " + topic.strip()
                        + " are is not known: put it into one of topics.traces, topics.red, topics.edges, topics.slo");
            }
        }
        return Optional.empty();
    }

    private Map<String, String> headers() {
        try {
            return HeaderList.parse(getPassword(OtlpKeys.HEADERS).value());
        } catch (IllegalArgumentException toldByProblems) {
            return Map.of();
        }
    }

    private Map<Signal, String> endpointsOfSignals() {
        Map<Signal, String> endpoints = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            String url = getString(OtlpKeys.endpoint(signal));
            if (url != null) {
                endpoints.put(signal, url);
            }
        }
        return endpoints;
    }
}
