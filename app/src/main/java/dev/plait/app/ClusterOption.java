package dev.plait.app;

import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which Kafka a command talks to: {@code --bootstrap}; else the cluster of {@code --config}; else the {@code plait up} that
 * runs in {@code --data}; else the default of the configuration.
 */
final class ClusterOption {
    @Mixin
    private ConfigOption config;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Address of Kafka.")
    private String bootstrap;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory of a running plait up, to find its Kafka. Default: ${DEFAULT-VALUE}.")
    private Path data = DataDirectory.USUAL;

    /** The address of Kafka Connect: the one {@code given}; else that of the {@code plait up} whose Kafka this is, if it has one. */
    Optional<String> connect(String given) throws IOException {
        Path address = data.resolve("connect");
        if (given != null || bootstrap != null || config.file().isPresent() || !Files.exists(address)) {
            return Optional.ofNullable(given);
        }
        return Files.readString(address).lines().findFirst().map(String::strip).filter(line -> !line.isEmpty());
    }

    /** The configuration, its {@code kafka} settings leading to the cluster chosen. */
    PlaitConfig load() throws IOException {
        Optional<String> address = Optional.ofNullable(bootstrap);
        if (address.isEmpty() && config.file().isEmpty()) {
            address = DataDirectory.awaitAddressIn(data);
        }
        Map<String, String> fixed = new HashMap<>();
        address.ifPresent(chosen -> fixed.put("PLAIT_KAFKA_BOOTSTRAP_SERVERS", chosen));
        return config.load(fixed);
    }
}
