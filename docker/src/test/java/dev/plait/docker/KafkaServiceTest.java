package dev.plait.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;

/** The broker's settings, read by Kafka. Its image makes {@code node.id} of {@code KAFKA_NODE_ID}. */
class KafkaServiceTest {
    private static final Set<String> NOT_SETTINGS = Set.of("KAFKA_HEAP_OPTS");

    private final Compose.Service kafka = Compose.read().service("kafka");

    KafkaServiceTest() throws IOException {}

    @Test
    void settings_areThoseOfABrokerThatEveryoneCanReach() {
        KafkaConfig config = KafkaConfig.fromProps(Utils.mkProperties(settings()));

        assertThat(AbstractKafkaConfig.CONFIG_DEF.names())
                .containsAll(settings().keySet());
        assertThat(config.effectiveAdvertisedBrokerListeners()
                        .map(listener -> listener.host() + ":" + listener.port())
                        .mkString(" "))
                .isEqualTo("kafka:9092 localhost:29092");
        assertThat(config.autoCreateTopicsEnable()).isFalse();
        assertThat(Uuid.fromString(kafka.environment().get("CLUSTER_ID"))).isNotEqualTo(Uuid.ZERO_UUID);
        assertThat(kafka.image()).isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        kafka.environment().forEach((name, value) -> {
            if (name.startsWith("KAFKA_") && !NOT_SETTINGS.contains(name)) {
                settings.put(
                        name.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        return settings;
    }
}
