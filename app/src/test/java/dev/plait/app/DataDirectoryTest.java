package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class DataDirectoryTest {
    @Test
    void heldDirectory_isRefusedNamingItsOwner(@TempDir Path directory) throws IOException {
        try (DataDirectory held = DataDirectory.lock(directory)) {
            held.announce("127.0.0.1:9092", Optional.empty());

            assertThatThrownBy(() -> DataDirectory.lock(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessage("plait up is already running in " + directory + " (process "
                            + ProcessHandle.current().pid()
                            + ", Kafka at 127.0.0.1:9092); stop it, or give another directory with --data");
        }
    }

    @Test
    void configuration_isFoundUntilItOrTheDirectorysOwnerIsGone(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("plait.yaml"), "application: { partitions: 3 }");
        try (DataDirectory held = DataDirectory.lock(directory)) {
            held.announce("127.0.0.1:9092", Optional.of(file));
            assertThat(DataDirectory.configurationIn(directory)).contains(file.toAbsolutePath());

            Files.delete(file);
            assertThat(DataDirectory.configurationIn(directory)).isEmpty();
            Files.writeString(file, "");
            held.announce("127.0.0.1:9092", Optional.empty());
            assertThat(DataDirectory.configurationIn(directory)).isEmpty();
        }
    }

    /** What a user asked for by name stands above what is only usual. */
    @Test
    void command_talksToTheClusterThatIsNamed_withTheConfigurationOfWhatRunsThere(@TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("plait.yaml"), "application: { partitions: 3 }");
        Path other = Files.writeString(
                directory.resolve("other.yaml"),
                "{ application: { partitions: 5 }, kafka: { bootstrap.servers: 'k:1' } }");
        String data = directory.toString();
        try (DataDirectory held = DataDirectory.lock(directory)) {
            held.announce("127.0.0.1:4711", Optional.of(file));

            assertThat(asked("--data", data)).isEqualTo("127.0.0.1:4711 3");
            assertThat(asked("--data", data, "--config", other.toString())).isEqualTo("127.0.0.1:4711 5");
            assertThat(asked("--config", other.toString())).isEqualTo("k:1 5");
            assertThat(asked("--bootstrap", "k:2", "--data", data, "--config", other.toString()))
                    .isEqualTo("k:2 5");
            assertThat(asked("--bootstrap", "k:2", "--data", data)).isEqualTo("k:2 8");
        }
    }

    private static String asked(String... arguments) throws IOException {
        ClusterOption option = new ClusterOption();
        new CommandLine(CommandSpec.create().addMixin("cluster", CommandSpec.forAnnotatedObject(option)))
                .parseArgs(arguments);
        PlaitConfig config = option.load();
        return config.bootstrapServers() + " " + config.application().partitions();
    }

    @Test
    void address_isThereOnlyWhileHeld(@TempDir Path directory) throws IOException {
        try (DataDirectory held = DataDirectory.lock(directory)) {
            held.announce("127.0.0.1:9092", Optional.empty());
            assertThat(DataDirectory.addressIn(directory)).hasValue("127.0.0.1:9092");
        }

        assertThat(DataDirectory.addressIn(directory)).isEmpty();
        DataDirectory.lock(directory).close();
    }
}
