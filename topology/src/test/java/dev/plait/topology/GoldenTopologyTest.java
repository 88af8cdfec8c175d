package dev.plait.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Names of topics, stores and operators are API. When this test fails on purpose, copy what {@code plait describe} prints to
 * the golden file and say so in the CHANGELOG.
 */
class GoldenTopologyTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/PlaitTopology.txt");
    private static final Path WITH_FRAMES = Path.of("src/test/resources/golden/PlaitTopologyWithFrames.txt");

    @Test
    void topology_isTheOneThatWasAgreed() throws IOException {
        String described =
                new PlaitTopology(PlaitConfig.defaults(), 8).get().describe().toString();

        assertThat(described).isEqualTo(Files.readString(GOLDEN, StandardCharsets.UTF_8));
        assertThat(described).doesNotContain("KSTREAM-", "KTABLE-");
    }

    @Test
    void topologyOfSourcesThatArePartitionedByPlait_isTheOneThatWasAgreed() throws IOException {
        PlaitConfig config = PlaitConfig.parse("""
                sources:
                  - { topic: span_frames, format: otlp, signal: traces, partitioned-by: plait }
                  - { topic: log_frames, format: otlp, signal: logs, partitioned-by: plait }
                  - { topic: kong_logs, format: kong }
                """, Map.of());

        String described = new PlaitTopology(config, 8).get().describe().toString();

        assertThat(described).isEqualTo(Files.readString(WITH_FRAMES, StandardCharsets.UTF_8));
        assertThat(described).doesNotContain("KSTREAM-", "KTABLE-");
    }
}
