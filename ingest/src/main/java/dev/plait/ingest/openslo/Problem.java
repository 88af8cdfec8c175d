package dev.plait.ingest.openslo;

/**
 * What is wrong with a file, and where.
 *
 * @param line counted from 1
 * @param key the path of the key in its document, such as {@code spec.objectives[0].target}; empty when it is the document
 * @param message what was found and what would be right
 */
public record Problem(String file, int line, String key, String message) {
    /** {@code file:line: key: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
