package dev.plait.topology.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkConfigTest {
    @Test
    void sinks_areReadInOrderAndFlattened() {
        PlaitConfig config = PlaitConfig.parse("""
                sinks:
                  pager: { type: alertmanager, urls: [ "http://a:9093", "http://b:9093" ] }
                  tempo:
                    type: otlp
                    endpoint: "http://tempo:4318"
                    ssl: { truststore.password: "${env:TRUST}" }
                    consumer.override: { max.poll.records: 50 }
                  other: { type: com.example.AnyConnector, topics: plait-traces }
                connect: { group.id: eu, plugin.path: /opt/plugins }
                """, Map.of());

        assertThat(config.sinks()).extracting(SinkConfig::name).containsExactly("pager", "tempo", "other");
        assertThat(config.sinks().get(0).kind()).contains(SinkConfig.Kind.ALERTMANAGER);
        assertThat(config.sinks().get(0).settings()).isEqualTo(Map.of("urls", "http://a:9093,http://b:9093"));
        assertThat(config.sinks().get(1).connector()).isEqualTo("dev.plait.sink.otlp.OtlpSinkConnector");
        assertThat(config.sinks().get(1).settings())
                .isEqualTo(Map.of(
                        "endpoint",
                        "http://tempo:4318",
                        "ssl.truststore.password",
                        "${env:TRUST}",
                        "consumer.override.max.poll.records",
                        "50"));
        assertThat(config.sinks().get(2).connector()).isEqualTo("com.example.AnyConnector");
        assertThat(config.connect()).isEqualTo(Map.of("group.id", "eu", "plugin.path", "/opt/plugins"));
    }

    @Test
    void environment_overridesTheLongestNameAndMakesSinks() {
        PlaitConfig config = PlaitConfig.parse(
                "sinks: { on-call: { type: otlp, endpoint: a }, on: { type: otlp, endpoint: b } }",
                Map.of(
                        "PLAIT_SINKS_ON_CALL_ENDPOINT", "c",
                        "PLAIT_SINKS_ON_BATCH_SIZE", "5",
                        "PLAIT_SINKS_PAGER_TYPE", "alertmanager",
                        "PLAIT_CONNECT_GROUP_ID", "eu"));

        assertThat(config.sinks())
                .containsExactly(
                        new SinkConfig("on-call", "otlp", Map.of("endpoint", "c")),
                        new SinkConfig("on", "otlp", Map.of("endpoint", "b", "batch.size", "5")),
                        new SinkConfig("pager", "alertmanager", Map.of()));
        assertThat(config.connect()).isEqualTo(Map.of("group.id", "eu"));
    }

    @Test
    void settings_areNeverPrinted() {
        PlaitConfig config =
                PlaitConfig.parse("sinks: { dd: { type: otlp, headers: { api-key: correct-horse } } }", Map.of());

        assertThat(config.toString()).contains("headers.api-key").doesNotContain("correct-horse");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sinks: [ a ]                                     | sinks: a mapping is expected
                    sinks: { a: s3cret }                             | sinks.a: a mapping is expected
                    sinks: { a: { urls: x } }                        | sinks.a.type: '' is not one of alertmanager, otlp, or a class name
                    sinks: { a: { type: pagerduty } }                | sinks.a.type: 'pagerduty' is not one of
                    sinks: { 'a b': { type: otlp } }                 | sinks: 'a b' is not a name
                    sinks: { a: { type: otlp, name: b } }            | sinks.a.name: follows from
                    sinks: { a: { type: otlp, connector.class: b } } | sinks.a.connector.class: follows from
                    sinks: { a: { type: otlp, x: [ [ s3cret ] ] } }  | sinks.a.x: a list of single values
                    sinks: { a: { type: otlp, x.y: 1, x: { y: 2 } } }| sinks.a.x.y: is given twice
                    """)
    void sinks_refuseNamingTheKeyAndNoValue(String yaml, String message) {
        assertThatThrownBy(() -> PlaitConfig.parse(yaml, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("s3cret", "\n"));
    }
}
