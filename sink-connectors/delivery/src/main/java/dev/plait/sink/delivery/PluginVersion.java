package dev.plait.sink.delivery;

import java.util.Objects;

/** The version of a plugin: that of the archive it is in. */
public final class PluginVersion {
    private PluginVersion() {}

    public static String of(Class<?> plugin) {
        return Objects.requireNonNullElse(plugin.getPackage().getImplementationVersion(), "unpackaged");
    }
}
