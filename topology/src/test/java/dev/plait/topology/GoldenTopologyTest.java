package dev.plait.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Names of topics, stores and operators are API. When this test fails on purpose, copy what {@code plait describe} prints to
 * the golden file and say so in the CHANGELOG.
 */
class GoldenTopologyTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/PlaitTopology.txt");

    @Test
    void topology_isTheOneThatWasAgreed() throws IOException {
        String described =
                new PlaitTopology(PlaitConfig.defaults(), 8).get().describe().toString();

        assertThat(described).isEqualTo(Files.readString(GOLDEN, StandardCharsets.UTF_8));
        assertThat(described).doesNotContain("KSTREAM-", "KTABLE-");
    }
}
