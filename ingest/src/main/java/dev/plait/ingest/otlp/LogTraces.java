package dev.plait.ingest.otlp;

import dev.plait.ingest.traceid.PropagatedContext;
import java.util.Optional;

/**
 * Finds the trace that a log record names in its body or attributes: collectors pass on what programs wrote without knowing
 * which of its fields is a trace ID. Asked only for records without one. Not thread safe.
 */
@FunctionalInterface
public interface LogTraces {
    /** Finds none: such records are untraced. */
    LogTraces NONE = (bytes, offset, length) -> Optional.empty();

    /** Begins a record: what is bounded is so in each. */
    default void begin() {}

    /** Of one OTLP {@code LogRecord}, known to be well formed. */
    Optional<PropagatedContext> of(byte[] bytes, int offset, int length);
}
