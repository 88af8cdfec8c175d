package dev.plait.app;

import dev.plait.topology.config.PlaitConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --config}: the configuration file, with the environment over it. Without a file, the defaults. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file; PLAIT_* of the environment go over it. Default: the built-in defaults.")
    private Path file;

    Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    PlaitConfig load() {
        return load(Map.of());
    }

    /** @param fixed settings that this command makes itself, as environment variables, over everything */
    PlaitConfig load(Map<String, String> fixed) {
        return loadOr(Optional.empty(), fixed);
    }

    /** The same, or of another file when none is given. */
    PlaitConfig loadOr(Optional<Path> other, Map<String, String> fixed) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(fixed);
        return file().or(() -> other)
                .map(chosen -> PlaitConfig.load(chosen, environment))
                .orElseGet(() -> PlaitConfig.parse("", environment));
    }
}
