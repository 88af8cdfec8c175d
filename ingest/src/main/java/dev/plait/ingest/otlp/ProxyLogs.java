package dev.plait.ingest.otlp;

import dev.plait.ingest.SignalSink;

/**
 * Reads the records of proxies' access loggers that are not in the words of the semantic conventions: as a line of text, or by
 * names of their own. Asked only for records of a resource that is such a logger. Not thread safe.
 */
@FunctionalInterface
public interface ProxyLogs {
    /** Reads none: such records are ordinary logs. */
    ProxyLogs NONE = (sink, bytes, offset, length, resource, resourceHash) -> false;

    /**
     * Reads one OTLP {@code LogRecord}, known to be well formed, and gives it to {@code sink}, written anew as an access log.
     *
     * @param resource what {@link SignalSink#resource} gave, or {@link SignalSink#NONE}
     * @param resourceHash what the hash of its content is seeded with
     * @return false, and nothing is given, when it cannot be read as an access log
     */
    boolean handTo(SignalSink sink, byte[] bytes, int offset, int length, int resource, long resourceHash);
}
