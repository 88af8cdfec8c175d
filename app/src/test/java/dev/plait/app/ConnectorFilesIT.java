package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The connector files beside the images: each is what its connector, as it was built, takes. */
class ConnectorFilesIT {
    private static final Path DIRECTORY = Path.of("..", "docker", "connect");

    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(DIRECTORY, 2)) {
            return all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void file_isAcceptedAndHasNoKeyThatNobodyKnows(Path file) throws Exception {
        Map<String, String> settings = new ObjectMapper().readValue(file.toFile(), new TypeReference<>() {});
        try (URLClassLoader plugin = new URLClassLoader(jars(), getClass().getClassLoader())) {
            Connector connector = plugin.loadClass(settings.get("connector.class"))
                    .asSubclass(Connector.class)
                    .getDeclaredConstructor()
                    .newInstance();

            assertThat(connector.validate(settings).configValues())
                    .allSatisfy(value ->
                            assertThat(value.errorMessages()).as(value.name()).isEmpty());
            assertThat(settings.keySet().stream()
                            .filter(key -> !key.matches("connector\\.class|topics|tasks\\.max|(key|value)\\.converter.*"
                                    + "|consumer\\.override\\..*|errors\\..*")))
                    .isSubsetOf(connector.config().names());
        }
    }

    private static URL[] jars() throws IOException {
        try (Stream<Path> built = Files.walk(Path.of("..", "sink-connectors"), 5)) {
            List<Path> jars = built.filter(
                            path -> path.toString().matches(".*/plait-sink-[a-z]+-[^/]*-plugin/.*\\.jar"))
                    .toList();
            URL[] urls = new URL[jars.size()];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = jars.get(i).toUri().toURL();
            }
            return urls;
        }
    }
}
