package dev.plait.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpSinkConfigTest {
    private static final String LOCAL = "http://localhost:4318";
    private static final String DYNATRACE = "https://abc.live.dynatrace.com/api/v2/otlp";

    @Test
    void plainBackend_needsAnEndpointAlone() {
        OtlpSinkConfig config = config(Map.of("endpoint", LOCAL));

        assertThat(config.problems(Optional.of("plait-traces,plait-red,plait-edges,plait-slo")))
                .isEmpty();
        assertThat(config.protocol()).isEqualTo(Protocol.HTTP_PROTOBUF);
        assertThat(config.limits()).isEqualTo(new ExportLimits(4 << 20, 5_000));
        assertThat(config.kinds())
                .containsEntry("plait-traces", RecordKind.TRACES)
                .containsEntry("plait-slo", RecordKind.SLO);
    }

    @Test
    void endpoint_isRequired() {
        assertThatThrownBy(() -> config(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("endpoint");
    }

    @ParameterizedTest
    @CsvSource({
        "protocol, http, http/protobuf",
        "compression, zstd, gzip",
        "traces.revisions, last, new",
        "traces.sampling, some, keep",
        "metrics.duration.unit, ms, ns",
        "preset, newrelic, dynatrace",
        "max.items, 0, at least 1",
        "max.request.bytes, 1000, at least 1024"
    })
    void valuesOutOfRange_areRefusedNamingKeyAndRange(String key, String value, String range) {
        assertThatThrownBy(() -> config(Map.of("endpoint", LOCAL, key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value)
                .hasMessageContaining(range);
    }

    @Test
    void dynatrace_sendsItsToken() {
        OtlpSinkConfig config =
                config(Map.of("endpoint", DYNATRACE, "preset", "dynatrace", "api.token", "dt0c01.secret"));

        assertThat(config.problems(Optional.empty())).isEmpty();
        assertThat(config.allHeaders()).containsEntry("authorization", "Api-Token dt0c01.secret");
        assertThat(config.preset().limits().maxAttributes()).isEqualTo(50);
    }

    @Test
    void datadog_sendsItsKey() {
        OtlpSinkConfig config = config(Map.of(
                "endpoint",
                "https://otlp.datadoghq.com",
                "preset",
                "datadog",
                "api.token",
                "secret",
                "headers",
                "a=b"));

        assertThat(config.problems(Optional.empty())).isEmpty();
        assertThat(config.allHeaders()).containsEntry("dd-api-key", "secret").containsEntry("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dynatrace | " + DYNATRACE + " | protocol=grpc | protocol | http/protobuf alone",
                "dynatrace | " + DYNATRACE + " | protocol=http/json | protocol | http/protobuf alone",
                "datadog | https://otlp.datadoghq.com | protocol=grpc | protocol | http/protobuf alone",
                "datadog | https://otlp.datadoghq.com | protocol=http/json | protocol | http/protobuf alone",
                "dynatrace | https://abc.live.dynatrace.com | max.items=1 | endpoint | /api/v2/otlp",
                "dynatrace | " + DYNATRACE + "/v1/traces | max.items=1 | endpoint | /api/v2/otlp",
                "dynatrace | " + DYNATRACE + " | max.items=20000 | max.items | 15000",
                "dynatrace | " + DYNATRACE + " | api.token= | api.token | wants a token",
                "datadog | https://otlp.datadoghq.com | api.token= | api.token | wants a token",
                "none | " + LOCAL + " | api.token=secret | api.token | headers",
                "none | localhost:4318 | api.token= | endpoint | http://",
                "none | http://me:secret@localhost | api.token= | endpoint | user name",
                "none | " + LOCAL + " | headers=secret | headers | name=value"
            })
    void combinationsThatCannotWork_areToldByKey(
            String preset, String endpoint, String setting, String key, String text) {
        Map<String, String> properties = new HashMap<>(Map.of("preset", preset, "endpoint", endpoint));
        properties.put("api.token", preset.equals("none") ? "" : "secret");
        properties.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));

        Map<String, String> problems = config(properties).problems(Optional.empty());

        assertThat(problems).containsOnlyKeys(key);
        assertThat(problems.get(key)).contains(text).doesNotContain("secret");
    }

    @Test
    void tokenInHeaders_willDo() {
        Map<String, String> properties =
                Map.of("endpoint", DYNATRACE, "preset", "dynatrace", "headers", "Authorization=Api-Token%20dt0c01.x");

        assertThat(config(properties).problems(Optional.empty())).isEmpty();
    }

    @Test
    void topicOfUnknownRecords_isRefused() {
        OtlpSinkConfig config = config(Map.of("endpoint", LOCAL, "topics.red", "shop-red"));

        assertThat(config.problems(Optional.of("shop-red, plait-traces"))).isEmpty();
        assertThat(config.problems(Optional.of("plait-red")).get("topics"))
                .contains("plait-red")
                .contains("topics.red");
    }

    @Test
    void secrets_arePasswords() {
        assertThat(OtlpKeys.define().configKeys().values())
                .filteredOn(key -> key.name.matches(".*(headers|token|password)"))
                .extracting(key -> key.name)
                .contains("headers", "api.token", "http.auth.bearer.token", "ssl.key.password");
        assertThat(OtlpKeys.define().configKeys().values())
                .filteredOn(key -> key.name.matches(".*(headers|token|password)"))
                .allSatisfy(key -> assertThat(key.type).isEqualTo(ConfigDef.Type.PASSWORD));
    }

    @Test
    void keys_areInGroupsAndDocumented() {
        assertThat(OtlpKeys.define().configKeys().values())
                .filteredOn(key -> !key.name.startsWith("ssl."))
                .allSatisfy(key -> {
                    assertThat(key.group).isNotBlank();
                    assertThat(key.documentation).endsWith(".");
                    assertThat(key.displayName).isNotBlank();
                });
    }

    private static OtlpSinkConfig config(Map<String, String> properties) {
        return new OtlpSinkConfig(OtlpKeys.define(), properties);
    }
}
