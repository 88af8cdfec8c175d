package dev.plait.topology.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code application}: how the engine runs.
 *
 * @param id {@code id}, default {@code plait}: the Kafka Streams application ID, prefix of all internal topics
 * @param partitions {@code partitions}, default 8, 1 to 256: of the internal topics; fixed once they exist
 * @param threads {@code threads}, default 2, 1 to 256
 * @param stateDir {@code state-dir}, default {@code ./state}
 * @param commitInterval {@code commit-interval}, default 500ms, 1ms to 3s: also how often ticks are sent
 */
public record ApplicationConfig(String id, int partitions, int threads, Path stateDir, Duration commitInterval) {
    static ApplicationConfig of(Section section) {
        String id = section.text("id", "plait");
        if (!id.matches("[a-zA-Z0-9._-]{1,100}")) {
            throw section.bad("id", id, "1 to 100 of the characters a-z A-Z 0-9 . _ -");
        }
        ApplicationConfig config = new ApplicationConfig(
                id,
                section.whole("partitions", 8, 1, 256),
                section.whole("threads", 2, 1, 256),
                Path.of(section.text("state-dir", "./state")),
                section.duration(
                        "commit-interval", Duration.ofMillis(500), Duration.ofMillis(1), Duration.ofSeconds(3)));
        section.end();
        return config;
    }
}
