package dev.plait.app.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.topology.config.ConfigException;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.SinkConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectSettingsTest {
    @Test
    void connector_readsJsonAndSendsWhatItRefusesToTheDeadLetters() {
        Map<String, String> settings =
                ConnectorSettings.of(sink("pager: { type: alertmanager, urls: 'http://a:9093', tasks.max: 3 }"));

        assertThat(settings)
                .containsEntry("name", "pager")
                .containsEntry("connector.class", "dev.plait.sink.alertmanager.AlertmanagerSinkConnector")
                .containsEntry("urls", "http://a:9093")
                .containsEntry("topics", "plait-alerts")
                .containsEntry("tasks.max", "3")
                .containsEntry("value.converter.schemas.enable", "false")
                .containsEntry("errors.deadletterqueue.topic.name", "plait-dead-letters");
    }

    @Test
    void connectorWithAConverterOfItsOwn_keepsItAlone() {
        Map<String, String> settings = ConnectorSettings.of(
                sink("raw: { type: a.B, topics.regex: 'plait-.*', value.converter: a.BytesConverter }"));

        assertThat(settings)
                .containsEntry("value.converter", "a.BytesConverter")
                .doesNotContainKeys("value.converter.schemas.enable", "topics", "tasks.max");
    }

    @Test
    void variableThatIsNotSet_isNamed() {
        SinkConfig sink = sink("dd: { type: otlp, headers: { api-key: '${env:DD_KEY}' } }");

        ConnectorSettings.requireVariables(sink, Map.of("DD_KEY", "x"));

        assertThatThrownBy(() -> ConnectorSettings.requireVariables(sink, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("sinks.dd.headers.api-key: the environment has no variable DD_KEY");
    }

    @Test
    void worker_hasTheClustersSecurityInEveryClientAndNothingOfTheEngine() {
        Map<String, String> settings = WorkerSettings.shared(PlaitConfig.parse("""
                kafka: { bootstrap.servers: "k:9093", security.protocol: SSL, group.instance.id: up, linger.ms: 5 }
                connect: { group.id: eu, consumer.max.poll.records: 50 }
                """, Map.of()));

        for (String client : new String[] {"", "consumer.", "producer.", "admin."}) {
            assertThat(settings)
                    .containsEntry(client + "security.protocol", "SSL")
                    .containsEntry(client + "bootstrap.servers", "k:9093")
                    .doesNotContainKeys(client + "group.instance.id", client + "linger.ms");
        }
        assertThat(settings)
                .containsEntry("group.id", "eu")
                .containsEntry("consumer.max.poll.records", "50")
                .containsEntry("consumer.isolation.level", "read_committed")
                .containsEntry("config.storage.topic", "plait-connect-configs")
                .containsEntry("listeners", "http://127.0.0.1:0");
    }

    @Test
    void loneWorker_makesNoTopics() {
        assertThat(WorkerSettings.alone(PlaitConfig.defaults(), Path.of("d")))
                .containsEntry("offset.storage.file.filename", "d/connect-offsets")
                .doesNotContainKeys("group.id", "config.storage.topic");
    }

    @Test
    void refusal_isOneLine() {
        String message = "Connector configuration is invalid and contains the following 2 error(s):\nurls: bad\n"
                + "retry: bad\nYou can also find the above list of errors at the endpoint `/x`";

        assertThat(Refusals.of(message)).isEqualTo("urls: bad; retry: bad");
    }

    private static SinkConfig sink(String yaml) {
        return PlaitConfig.parse("sinks: { " + yaml + " }", Map.of()).sinks().get(0);
    }
}
