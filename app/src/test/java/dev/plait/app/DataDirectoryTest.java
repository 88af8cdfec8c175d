package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @Test
    void heldDirectory_isRefusedNamingItsOwner(@TempDir Path directory) throws IOException {
        try (DataDirectory held = DataDirectory.lock(directory)) {
            held.announce("127.0.0.1:9092");

            assertThatThrownBy(() -> DataDirectory.lock(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessage("plait up is already running in " + directory + " (process "
                            + ProcessHandle.current().pid()
                            + ", Kafka at 127.0.0.1:9092); stop it, or give another directory with --data");
        }
    }

    @Test
    void address_isThereOnlyWhileHeld(@TempDir Path directory) throws IOException {
        try (DataDirectory held = DataDirectory.lock(directory)) {
            held.announce("127.0.0.1:9092");
            assertThat(DataDirectory.addressIn(directory)).hasValue("127.0.0.1:9092");
        }

        assertThat(DataDirectory.addressIn(directory)).isEmpty();
        DataDirectory.lock(directory).close();
    }
}
