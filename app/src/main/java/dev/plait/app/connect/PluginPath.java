package dev.plait.app.connect;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where connectors are looked for: Plait's own directory of plugins, which the start script names, and the user's. */
final class PluginPath {
    private static final String OWN = "plait.plugins";

    private PluginPath() {}

    /** @param user directories with commas between them, or null */
    static String of(String user) {
        return Stream.of(Optional.ofNullable(System.getProperty(OWN)), Optional.ofNullable(user))
                .flatMap(Optional::stream)
                .filter(path -> !path.isBlank())
                .collect(Collectors.joining(","));
    }
}
