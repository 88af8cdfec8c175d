package dev.plait.app;

import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which Kafka a command talks to: {@code --bootstrap}; else the {@code plait up} that runs in {@code --data}, if given; else the
 * cluster of {@code --config}; else the {@code plait up} that runs in the usual directory; else the default of the
 * configuration. The configuration is {@code --config}, else the one that this {@code plait up} was started with.
 */
final class ClusterOption {
    @Mixin
    private ConfigOption config;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Address of Kafka.")
    private String bootstrap;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Directory of a running plait up, to find its Kafka and configuration. Default: .plait, unless "
                            + "--config is given.")
    private Path data;

    /** The address of Kafka Connect: the one {@code given}; else that of the {@code plait up} whose Kafka this is, if it has one. */
    Optional<String> connect(String given) throws IOException {
        Optional<Path> directory = directory();
        return given != null || directory.isEmpty()
                ? Optional.ofNullable(given)
                : DataDirectory.connectIn(directory.get());
    }

    /** The configuration, its {@code kafka} settings leading to the cluster chosen. */
    PlaitConfig load() throws IOException {
        Map<String, String> fixed = new HashMap<>();
        Optional<Path> directory = directory();
        Optional<String> address =
                directory.isPresent() ? DataDirectory.awaitAddressIn(directory.get()) : Optional.ofNullable(bootstrap);
        address.ifPresent(chosen -> fixed.put("PLAIT_KAFKA_BOOTSTRAP_SERVERS", chosen));
        Optional<Path> started =
                directory.isPresent() ? DataDirectory.configurationIn(directory.get()) : Optional.empty();
        return config.loadOr(started, fixed);
    }

    /** Of the {@code plait up} whose Kafka this is. */
    private Optional<Path> directory() {
        if (bootstrap != null || data == null && config.file().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(data == null ? DataDirectory.USUAL : data);
    }
}
