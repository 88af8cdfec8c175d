package dev.plait.sink.otlp;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class OtlpSinkConnectorTest {
    private static final Map<String, String> DYNATRACE = Map.of(
            "name", "d",
            "topics", "plait-traces",
            "preset", "dynatrace",
            "endpoint", "https://abc.live.dynatrace.com/api/v2/otlp",
            "api.token", "secret");
    private final OtlpSinkConnector connector = new OtlpSinkConnector();

    @Test
    void validate_tellsWhatDoesNotGoTogetherAtItsKey() {
        Map<String, String> settings = with(DYNATRACE, "protocol", "grpc");

        assertThat(errors(settings))
                .containsExactly(Map.entry("protocol", List.of("preset dynatrace takes http/protobuf alone")));
        assertThat(errors(DYNATRACE)).isEmpty();
    }

    @Test
    void validate_tellsWrongValuesFirst() {
        assertThat(errors(with(DYNATRACE, "max.items", "many"))).containsOnlyKeys("max.items");
    }

    @Test
    void start_refusesWhatValidateWould() {
        assertThatThrownBy(() -> connector.start(with(DYNATRACE, "topics", "plait-traces,other")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("other");
        assertThatThrownBy(() -> connector.start(with(DYNATRACE, "http.auth.basic.username", "me")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("http.auth.basic.password");
    }

    @Test
    void tasks_haveTheSettingsAndANumber() {
        connector.start(DYNATRACE);

        List<Map<String, String>> tasks = connector.taskConfigs(3);

        assertThat(tasks).hasSize(3).allSatisfy(task -> assertThat(task).containsAllEntriesOf(DYNATRACE));
        assertThat(tasks).doesNotHaveDuplicates();
    }

    @Test
    void readme_hasEveryKeyWithItsDefault() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        Map<String, ConfigDef.ConfigKey> keys = connector.config().configKeys();

        Set<String> told = Pattern.compile("`([a-z]+(?:\\.[a-z]+)*)`")
                .matcher(readme)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(told)
                .containsAll(keys.keySet().stream()
                        .filter(key -> !key.startsWith("ssl.") && !key.startsWith("http.auth."))
                        .toList());
        for (MatchResult row : Pattern.compile("(?m)^\\| `([a-z.]+)` \\| `([^`]+)` \\|")
                .matcher(readme)
                .results()
                .toList()) {
            if (keys.containsKey(row.group(1))) {
                Object byDefault = keys.get(row.group(1)).defaultValue;
                assertThat(
                                byDefault instanceof List<?> list
                                        ? String.join(",", list.toArray(String[]::new))
                                        : byDefault)
                        .as(row.group(1))
                        .hasToString(row.group(2));
            }
        }
    }

    private Map<String, List<String>> errors(Map<String, String> settings) {
        return connector.validate(settings).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .collect(toMap(ConfigValue::name, ConfigValue::errorMessages));
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put(key, value);
        return changed;
    }
}
