package dev.plait.topology.config;

/**
 * A value that is never printed.
 *
 * @param value as it was configured
 */
public record Secret(String value) {
    @Override
    public String toString() {
        return "(secret)";
    }
}
