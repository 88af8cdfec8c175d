package dev.plait.topology.config;

import dev.plait.correlator.measure.MeasureRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole configuration. Keys that are absent have their defaults; unknown keys are refused.
 *
 * @param kafka {@code kafka}: Kafka client settings, passed through
 * @param sources {@code sources}: the input topics; default the four topics of {@link DefaultSources}
 * @param measures {@code measures}: business measures; default none
 * @param sinks {@code sinks}: what carries output topics to backends; default none
 * @param connect {@code connect}: settings of the Kafka Connect worker that runs the sinks, passed through
 */
public record PlaitConfig(
        Map<String, String> kafka,
        ApplicationConfig application,
        List<SourceConfig> sources,
        TracesConfig traces,
        SamplingConfig sampling,
        RedactionConfig redaction,
        RedConfig red,
        List<MeasureRule> measures,
        SloConfig slo,
        ReceiversConfig receivers,
        List<SinkConfig> sinks,
        Map<String, String> connect) {
    private static final String REQUEST_HEADER = "http.request.header.";

    public PlaitConfig {
        kafka = Map.copyOf(kafka);
        sources = List.copyOf(sources);
        measures = List.copyOf(measures);
        sinks = List.copyOf(sinks);
        connect = Map.copyOf(connect);
        if (traces.sourceIdle().compareTo(application.commitInterval().multipliedBy(4)) < 0) {
            throw ConfigException.bad(
                    "traces.source-idle",
                    traces.sourceIdle().toMillis() + "ms",
                    "at least four times application.commit-interval ("
                            + application.commitInterval().toMillis() + "ms)");
        }
    }

    /** Every default, for a broker on {@code localhost:9092}. */
    public static PlaitConfig defaults() {
        return ConfigReader.read("config", "", Map.of());
    }

    /** Reads {@code file}, then {@code PLAIT_*} of {@code environment} over it. @throws ConfigException if it is bad */
    public static PlaitConfig load(Path file, Map<String, String> environment) {
        return ConfigReader.read("config: " + file, ConfigReader.textOf(file), environment);
    }

    /** Of the text of a configuration file. @throws ConfigException if it is bad */
    public static PlaitConfig parse(String yaml, Map<String, String> environment) {
        return ConfigReader.read("config", yaml, environment);
    }

    /** Names, without the attribute's prefix, of the request headers that are labels or measures. */
    public Set<String> requestHeaders() {
        Stream<String> measured =
                measures.stream().flatMap(rule -> Stream.concat(Stream.of(rule.attribute()), rule.by().stream()));
        return Stream.concat(red.tags().stream(), measured)
                .filter(name -> name.startsWith(REQUEST_HEADER))
                .map(name -> name.substring(REQUEST_HEADER.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    public String bootstrapServers() {
        return kafka.get("bootstrap.servers");
    }
}
