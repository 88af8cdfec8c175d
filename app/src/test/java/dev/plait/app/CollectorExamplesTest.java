package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.doctor.Bytes;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.redact.Redaction;
import dev.plait.topology.InputDecoders;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Collector's configurations that users are given say of themselves and of Plait, without a Collector. */
class CollectorExamplesTest {
    private static final Path COLLECTOR = Path.of("src", "collector");
    private static final Set<String> KINDS = Set.of("receivers", "processors", "exporters");

    /** Those that the Collector of {@code manifest.yaml} lacks, and so has never judged. */
    static final Set<String> UNJUDGED = Set.of("datadog");

    /** Of the keys that the datadog receiver documents, those of most use. */
    private static final Set<String> DATADOG_KEYS =
            Set.of("endpoint", "read_timeout", "trace_id_cache_size", "tls", "auth", "max_request_body_size");

    static Stream<String> examples() throws IOException {
        return CollectorProcess.examples().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void pipelines_useWhatIsDefined_andAllOfIt(String example) throws IOException {
        CollectorConfig config = CollectorConfig.read(example);

        assertThat(config.keys()).isSubsetOf("receivers", "processors", "exporters", "service");
        assertThat(config.keys("service", "pipelines")).isNotEmpty().isSubsetOf("traces", "metrics", "logs");
        for (String kind : KINDS) {
            Set<String> used = new HashSet<>();
            config.keys("service", "pipelines")
                    .forEach(signal -> used.addAll(config.texts("service", "pipelines", signal, kind)));
            assertThat(used).as(kind).isEqualTo(config.keys(kind));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void topics_areThoseThatPlaitReads_inAnEncodingOfTheirFormat(String example) throws IOException {
        CollectorConfig config = CollectorConfig.read(example);
        List<SourceConfig> sources = PlaitConfig.defaults().sources();

        for (String signal : config.keys("service", "pipelines")) {
            if (config.texts("service", "pipelines", signal, "exporters").contains("kafka")) {
                String topic = config.text("exporters", "kafka", signal, "topic");
                String encoding = config.text("exporters", "kafka", signal, "encoding");
                List<SourceConfig> readers =
                        sources.stream().filter(source -> source.covers(topic)).toList();
                assertThat(readers).as(topic).hasSize(1);
                assertThat(readers.get(0).signal().name().toLowerCase(Locale.ROOT))
                        .isEqualTo(signal);
                assertReads(readers.get(0), encoding, signal);
            }
        }
    }

    /** Bodies of text, which is what {@code raw} makes of logs, have no format of their own: the topic's decoder must take them. */
    private static void assertReads(SourceConfig source, String encoding, String signal) {
        if (encoding.equals("raw")) {
            String body = new String(Bytes.kong("7", "", 1_767_225_600_000L), java.nio.charset.StandardCharsets.UTF_8);
            byte[] written = Bytes.text('"' + body.replace("\"", "\\\"") + '"');

            assertThat(new InputDecoders(List.of(source), Redaction.DEFAULT)
                            .of(source.topic())
                            .decoder()
                            .decode(written, new SignalSink() {}))
                    .as(source.topic() + " takes a Kong log in a JSON string")
                    .isEmpty();
        } else {
            String sameFormat = "sources: [ { topic: any, format: %s, signal: %s } ]".formatted(encoding, signal);
            assertThat(PlaitConfig.parse(sameFormat, Map.of()).sources())
                    .extracting(SourceConfig::format)
                    .containsExactly(source.format());
        }
    }

    /** Nothing that a Collector has taken is lost on the way to Kafka or to Plait's receivers. */
    @ParameterizedTest
    @MethodSource("examples")
    void exporters_giveNothingUp(String example) throws IOException {
        CollectorConfig config = CollectorConfig.read(example);

        for (String exporter : config.keys("exporters")) {
            assertThat(config.text("exporters", exporter, "retry_on_failure", "max_elapsed_time"))
                    .isEqualTo("0s");
            if (exporter.equals("kafka")) {
                assertThat(config.text("exporters", "kafka", "producer", "required_acks"))
                        .isEqualTo("-1");
                assertThat(config.text("exporters", "kafka", "producer", "allow_auto_topic_creation"))
                        .as("a topic made by itself has one partition")
                        .isEqualTo("false");
            }
        }
    }

    @Test
    void receivers_areThoseOfTheManifest_butWhatIsSaidNotToBe() throws IOException {
        String manifest = Files.readString(COLLECTOR.resolve("manifest.yaml"));
        Set<String> missing = new TreeSet<>();

        for (String example : CollectorProcess.examples()) {
            for (String receiver : CollectorConfig.read(example).keys("receivers")) {
                if (!manifest.contains("/" + receiver.replace("_", "") + "receiver v")) {
                    missing.add(receiver);
                }
            }
        }

        assertThat(missing).isEqualTo(UNJUDGED);
        assertThat(CollectorConfig.read("datadog-traces-to-kafka.yaml").keys("receivers", "datadog"))
                .isNotEmpty()
                .isSubsetOf(DATADOG_KEYS);
    }

    @Test
    void readme_leadsToEachExample() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));

        assertThat(CollectorProcess.examples())
                .hasSizeGreaterThan(8)
                .allSatisfy(example -> assertThat(readme).contains("](app/src/collector/examples/" + example + ")"));
    }
}
