package dev.plait.topology.config;

/** A configuration that cannot be used. The message is one line that names the key, the value and what would be right. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    /** One line that names the key, what was found, and what would be right. */
    public static ConfigException bad(String key, Object value, String right) {
        return new ConfigException(key + ": '" + value + "' is not " + right);
    }
}
