package dev.plait.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.docker.Dockerfile.Stage;
import dev.plait.topology.TopicAdmin;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The worker of the Connect image, and the connector files beside it. */
class ConnectTest {
    private static final Path DIRECTORY = Path.of("connect");

    private final Stage image = Dockerfile.read().stage("connect");
    private final Properties worker = new Properties();

    ConnectTest() throws IOException {
        try (Reader reader = Files.newBufferedReader(DIRECTORY.resolve("worker.properties"))) {
            worker.load(reader);
        }
    }

    @Test
    void everyDirectoryOfTheWorker_isInTheImage() {
        List<String> copied = image.all("COPY").stream()
                .map(copy -> copy.words().get(copy.words().size() - 1))
                .toList();

        assertThat(copied)
                .contains(
                        worker.getProperty("plugin.path") + "/",
                        // a provider whose directory is missing stops the worker
                        worker.getProperty("config.providers.secrets.param.allowed.paths") + "/");
        assertThat(image.only("ENTRYPOINT")).endsWith("\"/opt/plait/connect/worker.properties\"]");
        assertThat(copied).contains("/opt/plait/connect/");
        assertThat(image.only("ENV")).contains("/opt/plait/connect/log4j2.yaml");
    }

    @Test
    void everyVariableOfTheWorker_isSetInTheImage() {
        Map<String, String> variables = Variables.of(image.only("ENV"));
        Pattern allowed = Pattern.compile(worker.getProperty("config.providers.env.param.allowlist.pattern"));

        List<String> read = worker.stringPropertyNames().stream()
                .map(worker::getProperty)
                .filter(value -> value.startsWith("${env:"))
                .map(value -> value.substring("${env:".length(), value.length() - 1))
                .toList();

        assertThat(read).hasSize(2).allMatch(name -> allowed.matcher(name).matches());
        assertThat(variables).containsKeys(read.toArray(String[]::new));
    }

    @Test
    void healthCheck_asksThePortOfTheWorker() {
        String port = worker.getProperty("listeners").replaceFirst(".*:", "");

        assertThat(image.only("HEALTHCHECK")).contains("http://127.0.0.1:" + port + "/connectors\"");
        assertThat(image.only("EXPOSE")).isEqualTo(port);
    }

    @Test
    void everyConnectorFile_isTheConfigurationOfASink() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(DIRECTORY, "*.json")) {
            for (Path file : files) {
                JsonNode config = new ObjectMapper().readTree(file.toFile());

                assertThat(config.isObject()).as(file.toString()).isTrue();
                assertThat(config)
                        .as("%s: flat, as PUT /connectors/NAME/config takes it", file)
                        .allMatch(JsonNode::isTextual);
                assertThat(config.path("connector.class").asText())
                        .as(file.toString())
                        .startsWith("dev.plait.sink.");
                assertThat(config.path("topics").asText().split("\\s*,\\s*"))
                        .as(file.toString())
                        .isSubsetOf(TopicAdmin.OUTPUTS);
            }
        }
    }
}
