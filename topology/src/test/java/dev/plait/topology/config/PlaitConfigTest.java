package dev.plait.topology.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.topology.config.SourceConfig.Format;
import dev.plait.topology.config.SourceConfig.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaitConfigTest {
    @Test
    void config_hasTheDocumentedDefaults() {
        PlaitConfig config = PlaitConfig.defaults();

        assertThat(config.bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(config.application().partitions()).isEqualTo(8);
        assertThat(config.traces().rules().afterRootMs()).isEqualTo(6_000);
        assertThat(config.traces().rules().lateWindowMs()).isEqualTo(600_000);
        assertThat(config.traces().rules().maxBytes()).isEqualTo(1024 * 1024);
        assertThat(config.sources())
                .extracting(SourceConfig::topic)
                .containsExactly(
                        "otlp_spans",
                        "otlp_logs",
                        "otlp_metrics",
                        "kong_logs",
                        "mesh_access_logs",
                        "zipkin_spans",
                        "prometheus_metrics");
    }

    @Test
    void config_readsEverySection() {
        PlaitConfig config = parse("""
                kafka: { bootstrap.servers: "kafka:9092", security.protocol: SASL_SSL }
                application: { id: eu, partitions: 4, threads: 1, state-dir: /var/lib/plait }
                sources:
                  - { topic: spans, format: otlp, signal: traces }
                  - { topic: kong_logs, format: kong, tags: { gateway: edge-eu, region: eu-west-1 } }
                traces: { after-root: 500ms, idle-gap: 2s, max-bytes: 512KiB }
                sampling: { slow: 250ms, probability: 0.25 }
                red: { window: 10s }
                output: { format: json }
                """);

        assertThat(config.kafka()).containsEntry("security.protocol", "SASL_SSL");
        assertThat(config.application().id()).isEqualTo("eu");
        assertThat(config.sources().get(1).tags()).containsEntry("region", "eu-west-1");
        assertThat(config.traces().rules().afterRootMs()).isEqualTo(500);
        assertThat(config.traces().rules().maxBytes()).isEqualTo(512 * 1024);
        assertThat(config.sampling().probability()).isEqualTo(0.25);
    }

    @ParameterizedTest
    @CsvSource({
        "zipkin,ZIPKIN",
        "zipkin_json,ZIPKIN",
        "zipkin_proto,ZIPKIN",
        "jaeger,JAEGER",
        "jaeger_json,JAEGER",
        "jaeger_proto,JAEGER"
    })
    void config_takesACollectorsNamesOfSpanFormats(String name, Format format) {
        PlaitConfig config = parse("sources: [ { topic: spans, format: " + name + " } ]");

        assertThat(config.sources().get(0).format()).isEqualTo(format);
        assertThat(config.sources().get(0).signal()).isEqualTo(Signal.TRACES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "raw", "json", "text"})
    void config_takesACollectorsNamesOfLogEncodings(String name) {
        PlaitConfig config = parse("sources: [ { topic: logs, format: " + name
                + ", line-pattern: 'trace=(?<trace_id>\\w+)', timestamp-format: 'yyyy-MM-dd HH:mm' } ]");
        SourceConfig source = config.sources().get(0);

        assertThat(source.format()).isEqualTo(Format.LOG);
        assertThat(source.signal()).isEqualTo(Signal.LOGS);
        assertThat(source.options().linePattern()).isEqualTo("trace=(?<trace_id>\\w+)");
        assertThat(source.options().timestampFormat()).isEqualTo("yyyy-MM-dd HH:mm");
    }

    @Test
    void source_takesTheFormatsOfProxies() {
        PlaitConfig config = parse("""
                sources:
                  - topic: mesh
                    format: envoy
                    format-string: "%RESPONSE_CODE% %REQ(TRACEPARENT)%\\n"
                    json-format: { code: "%RESPONSE_CODE%", ctx: { trace: "%REQ(TRACEPARENT)%", version: 2 }, kind: access }
                """);
        FormatOptions options = config.sources().get(0).options();

        assertThat(options.formatString()).isEqualTo("%RESPONSE_CODE% %REQ(TRACEPARENT)%\n");
        assertThat(options.jsonFormat())
                .isEqualTo(Map.of(
                        "code",
                        "%RESPONSE_CODE%",
                        "ctx.trace",
                        "%REQ(TRACEPARENT)%",
                        "ctx.version",
                        "2",
                        "kind",
                        "access"));
    }

    @Test
    void config_isOverriddenByEnvironment() {
        PlaitConfig config = PlaitConfig.parse(
                "traces: { idle-gap: 20s }",
                Map.of("PLAIT_TRACES_IDLE_GAP", "5s", "PLAIT_KAFKA_BOOTSTRAP_SERVERS", "k:1", "PLAIT_HOME", "x"));

        assertThat(config.traces().rules().idleGapMs()).isEqualTo(5_000);
        assertThat(config.bootstrapServers()).isEqualTo("k:1");
    }

    @Test
    void source_takesTagsFromNamedGroups() {
        PlaitConfig config = parse(
                "sources: [ { topic: '(?<zone>[^.]+)\\.otlp_spans', format: otlp, signal: traces, tags: { env: prod } } ]");
        SourceConfig source = config.sources().get(0);

        assertThat(source.pattern()).isTrue();
        assertThat(source.covers("eu1.otlp_spans")).isTrue();
        assertThat(source.covers("otlp_spans")).isFalse();
        assertThat(source.tagsOf("eu1.otlp_spans")).isEqualTo(Map.of("zone", "eu1", "env", "prod"));
        assertThat(source.format()).isEqualTo(Format.OTLP);
        assertThat(source.signal()).isEqualTo(Signal.TRACES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    trace: {}                                    | trace: unknown key
                    traces: { idle_gap: 5s }                     | traces.idle_gap: unknown key
                    traces: { idle-gap: 5 }                      | traces.idle-gap: '5' is not a duration
                    traces: { idle-gap: -5s }                    | traces.idle-gap: '-5s' is not a duration
                    traces: { idle-gap: 2m }                     | at most max-age
                    traces: { keep-closed: 1h }                  | at most late-window
                    traces: { max-bytes: 1GiB }                  | traces.max-bytes: '1GiB' is not a size
                    traces: { max-spans: 0 }                     | traces.max-spans: '0' is not a whole number from 1
                    application: { partitions: many }            | application.partitions: 'many' is not a whole number
                    application: { id: 'a b' }                   | application.id: 'a b' is not
                    sampling: { probability: 1.5 }               | sampling.probability: '1.5' is not a number from 0 to 1
                    sources: []                                  | sources: '[]' is not a list of at least one source
                    sources: [ { topic: a } ]                    | sources[0].format: '' is not one of otlp, kong, envoy, zipkin, jaeger, prometheus, log
                    sources: [ { topic: a, format: otlp } ]      | sources[0].signal: '' is not one of traces
                    sources: [ { topic: a, format: otlp, signal: x } ] | sources[0].signal: 'x' is not one of traces
                    sources: [ { topic: a, format: kong, signal: traces } ] | sources[0].signal: 'traces' is not logs, the only signal
                    sources: [ { topic: a, format: zipkin, signal: logs } ] | sources[0].signal: 'logs' is not traces, the only signal
                    sources: [ { topic: a, format: kong, partitioned-by: plait } ] | sources[0].partitioned-by: 'plait' is not of a source with one topic, format otlp and signal traces or logs
                    sources: [ { topic: a, format: otlp, signal: metrics, partitioned-by: plait } ] | sources[0].partitioned-by: 'plait' is not of a source
                    sources: [ { topic: 'a.*', format: otlp, signal: logs, partitioned-by: plait } ] | sources[0].partitioned-by: 'plait' is not of a source
                    sources: [ { topic: a, format: otlp, signal: logs, partitioned-by: key } ] | sources[0].partitioned-by: 'key' is not plait
                    sources: [ { topic: a, format: otlp, signal: logs, partitioned-by: plait }, { topic: a-requests, format: kong } ] | sources: topic 'a-requests' is covered twice
                    sources: [ { pattern: '(a)\\\\1', format: kong } ]  | sources[0].topic: '(a)\\\\1' is not a regular expression without backreferences
                    sources: [ { topic: a, format: text } ]      | sources[0].line-pattern: '' is not a regular expression, which format text
                    sources: [ { topic: a, format: log, line-pattern: '(' } ] | sources[0].line-pattern: '(' is not one that can be used: error parsing
                    sources: [ { topic: a, format: log, line-pattern: 'x' } ] | sources[0].line-pattern: 'x' is not one that can be used: it has no named groups
                    sources: [ { topic: a, format: log, timestamp-format: 'HH:mm' } ] | sources[0].timestamp-format: 'HH:mm' is not one that can be used: it must hold
                    sources: [ { topic: a, format: kong, line-pattern: 'x' } ] | sources[0].line-pattern: unknown key
                    sources: [ { topic: a, format: envoy, format-string: '%PROTOCOL%%DURATION%' } ] | sources[0].format-string: '%PROTOCOL%%DURATION%' is not one that can be used: nothing tells where
                    sources: [ { topic: a, format: envoy, json-format: { c: '%X' } } ] | sources[0].json-format.c: '%X' is not one that can be used: c: no operator begins
                    sources: [ { topic: a, format: envoy, json-format: { c: { d: '%X' } } } ] | sources[0].json-format.c.d: '%X' is not one
                    sources: [ { topic: a, format: envoy, json-format: { c: { d: [ x ] } } } ] | sources[0].json-format.c.d:
                    sources: [ { topic: a, format: envoy, json-format: 'x' } ] | sources[0].json-format: '"x"' is not a mapping
                    sources: [ { topic: a, format: kong, json-format: { c: x } } ] | sources[0].json-format: unknown key
                    sources: [ { format: kong } ]                | sources[0].topic: '' is not a topic name
                    sources: [ { topic: '(', format: kong } ]    | is not a regular expression
                    sources: [ { topic: a, format: kong, x: 1 } ]| sources[0].x: unknown key
                    receivers: { http-port: 70000 }              | receivers.http-port: '70000' is not a whole number from 0
                    receivers: { zipkin-port: -1 }               | receivers.zipkin-port: '-1' is not a whole number from 0
                    receivers: { tcp-port: all }                 | receivers.tcp-port: 'all' is not a whole number from 0
                    receivers: { http-port: 9411, zipkin-port: 9411 } | receivers.zipkin-port: '9411' is not another port than that of receivers.http-port
                    receivers: { max-line: 3MiB }                | receivers.max-line: '3MiB' is not a size
                    receivers: { tcp-idle-timeout: 2d }          | receivers.tcp-idle-timeout: '2d' is not a duration
                    receivers: { max-in-flight: 32MiB }          | at least three times receivers.max-request
                    receivers: { max-requests-per-second: 0 }    | receivers.max-requests-per-second: '0' is not a whole number from 1
                    receivers: { max-bytes-per-second: 12 }      | receivers.max-bytes-per-second: '12' is not a size
                    receivers: { cors-origins: [ shop.example ] }| receivers.cors-origins: 'shop.example' is not origins
                    receivers: { cors-origins: [ "*", "http://a" ] }| receivers.cors-origins: '*' is not origins
                    receivers: { cors-origins: [ "https://a/b" ] }| receivers.cors-origins: 'https://a/b' is not origins
                    receivers: { tls-key: a.pem }                | receivers.tls-certificate: is missing
                    receivers: { bearer-token-file: no/such }    | receivers.bearer-token-file: 'no/such' is not a file
                    redaction: { patterns: [ '(' ] }             | redaction.patterns: '(' is not a regular expression of RE2
                    redaction: { patterns: [ '(?=a)' ] }        | redaction.patterns: '(?=a)' is not a regular expression of RE2
                    redaction: { patterns: [ 'a*' ] }            | redaction.patterns: 'a*' is not a pattern that matches something
                    redaction: { names: [ '--' ] }               | redaction.names: '--' is not a name
                    redaction: { replacement: REDACTED }         | redaction.replacement: 'REDACTED' is not one printable ASCII character
                    redaction: { dead-letters: mask }            | redaction.dead-letters: 'mask' is not keep or omit
                    red: { tags: [ source ] }                    | red.tags: 'source' is not a tag or attribute
                    measures: { name: a }                        | measures: '{"name":"a"}' is not a list of at most 32 measures
                    measures: [ { attribute: a } ]               | measures[0].name: '' is not 1 to 64 lower-case letters
                    measures: [ { name: 'a b', attribute: a } ]  | measures[0].name: 'a b' is not 1 to 64
                    measures: [ { name: a } ]                    | measures[0].attribute: '' is not the name of an attribute
                    measures: [ { name: a, attribute: a, source: metric } ] | measures[0].source: 'metric' is not one of span, gateway-log, mesh-log, log
                    measures: [ { name: a, attribute: a, by: [ measure ] } ] | measures[0].by: 'measure' is not service, route
                    measures: [ { name: a, attribute: a, by: [ 1 ] } ] | measures[0].by: '1' is not a list of texts
                    measures: [ { name: a, attribute: a, by: [ a, b, c, d, e, f, g, h, i ] } ] | measures[0].by: '9 labels' is not at most 8
                    measures: [ { name: a, attribute: a, max-series: 0 } ] | measures[0].max-series: '0' is not a whole number from 1 to 100000
                    measures: [ { name: a, attribute: a, drop: 2 } ] | measures[0].drop: '2' is not a number from 0 to 1
                    measures: [ { name: a, attribute: a, drop: 0.5, drop-of: mean } ] | measures[0].drop-of: 'mean' is not sum or count
                    measures: [ { name: a, attribute: a, drop: 0.5, drop-window: 5s } ] | measures[0].drop-window: '5s' is not a duration
                    measures: [ { name: a, attribute: a, drop: 0.5, drop-past: 6m } ] | measures[0].drop-past: '6m' is not a duration such as 500ms, 6s or 10m, from 600s to 28800s
                    measures: [ { name: a, attribute: a, drop: 0.5, drop-min-count: 0 } ] | measures[0].drop-min-count: '0' is not a whole number
                    measures: [ { name: a, attribute: a, drop: 0.5, drop-severity: "" } ] | measures[0].drop-severity: '' is not 1 to 32
                    measures: [ { name: a, attribute: a, drop-windw: 5m } ] | measures[0].drop-windw: unknown key
                    measures: [ { name: a, attribute: a, x: 1 } ] | measures[0].x: unknown key
                    measures: [ { name: a, attribute: a }, { name: a, attribute: b } ] | measures[1].name: 'a' is not the name of one measure only
                    output: { format: avro }                     | output.format: 'avro' is not json
                    traces: [ 1 ]                                | traces: '[1]' is not a mapping
                    traces: { idle-gap: [ 1 ] }                  | traces.idle-gap: '[1]' is not a single value
                    - a                                          | a mapping of sections is expected
                    'a: b: c'                                    | config: line 1
                    'traces: {a: 1, a: 1}'                       | config: line 1: Duplicate
                    """)
    void config_refusesNamingKeyValueAndWhatIsRight(String yaml, String message) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("\n"));
    }

    @Test
    void bearerToken_isReadAndNeverPrinted(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "correct-horse\n");

        PlaitConfig fromFile = parse("receivers: { bearer-token-file: '" + file + "' }");
        PlaitConfig fromEnvironment = PlaitConfig.parse("", Map.of("PLAIT_RECEIVERS_BEARER_TOKEN", "correct-horse"));

        assertThat(fromFile.receivers().bearerToken()).contains(new Secret("correct-horse"));
        assertThat(fromEnvironment).isEqualTo(fromFile);
        assertThat(fromFile.toString()).doesNotContain("correct-horse");
        assertThatThrownBy(() -> parse("receivers: { bearer-token: 'a secret' }"))
                .isInstanceOf(ConfigException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("a secret"));
    }

    @Test
    void tcpPort_isClosedBesideATokenUnlessAskedFor() {
        assertThat(parse("").receivers().lines().number()).isEqualTo(54_525);
        assertThat(parse("receivers: { bearer-token: correct-horse }")
                        .receivers()
                        .lines()
                        .number())
                .isZero();
        assertThat(parse("receivers: { bearer-token: correct-horse, tcp-port: 54525 }")
                        .receivers()
                        .lines()
                        .number())
                .isEqualTo(54_525);
    }

    @Test
    void receivers_haveNoRateAndNoOriginUnlessConfigured() {
        PlaitConfig byDefault = parse("");
        PlaitConfig configured = parse("receivers: { max-requests-per-second: 500, max-bytes-per-second: 8MiB,"
                + " cors-origins: [ 'https://shop.example', 'http://[::1]:8080' ] }");

        assertThat(byDefault.receivers().maxRequestsPerSecond()).isZero();
        assertThat(byDefault.receivers().maxBytesPerSecond()).isZero();
        assertThat(byDefault.receivers().corsOrigins()).isEmpty();
        assertThat(configured.receivers().maxRequestsPerSecond()).isEqualTo(500);
        assertThat(configured.receivers().maxBytesPerSecond()).isEqualTo(8 << 20);
        assertThat(configured.receivers().corsOrigins()).containsExactly("https://shop.example", "http://[::1]:8080");
    }

    @Test
    void redaction_takesNamesAndPatterns_alsoWithCommas() {
        RedactionConfig redaction = parse("redaction: { names: [ X-Tenant, iban ], keep: [ page_token ],"
                        + " patterns: [ 'card \\d{4,6}', 'b' ], replacement: '#', dead-letters: omit }")
                .redaction();

        assertThat(redaction.rules().names()).containsExactlyInAnyOrder("xtenant", "iban");
        assertThat(redaction.rules().keep()).containsExactly("pagetoken");
        assertThat(redaction.rules().patterns()).extracting(Object::toString).containsExactly("card \\d{4,6}", "b");
        assertThat(redaction.rules().cover()).isEqualTo('#');
        assertThat(redaction.keepsLetters()).isFalse();
    }

    @Test
    void config_refusesATopicThatTwoSourcesCover() {
        assertThatThrownBy(() -> parse("sources: [ {topic: 'a.*', format: kong}, {topic: abc, format: kong} ]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'abc' is covered twice");
    }

    @Test
    void config_refusesAMissingFile() {
        assertThatThrownBy(() -> PlaitConfig.load(Path.of("no-such.yaml"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("config: 'no-such.yaml' does not exist");
    }

    private static PlaitConfig parse(String yaml) {
        return PlaitConfig.parse(yaml, Map.of());
    }
}
