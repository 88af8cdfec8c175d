package dev.plait.ingest.applog;

/** What a field of an application log means; everything else is an attribute under the name it came with. */
enum LogField {
    MESSAGE,
    TIME,
    /** Whole seconds and the nanoseconds beside them, of times that come in two parts. */
    EPOCH_SECOND,
    NANO_OF_SECOND,
    LEVEL,
    SEVERITY_NUMBER,
    TRACE_ID,
    SPAN_ID,
    DATADOG_TRACE_ID,
    DATADOG_SPAN_ID,
    TRACE_FLAGS,
    /** Whether the trace is sampled, as a boolean. */
    SAMPLED,
    SERVICE,
    SERVICE_VERSION,
    ENVIRONMENT,
    POD,
    POD_UID,
    NAMESPACE,
    CONTAINER,
    NODE,
    /** A trace ID only where it looks like one: others say where an error came from. */
    MAYBE_TRACE,
    STACK_TRACE,
    EXCEPTION_TYPE,
    EXCEPTION_MESSAGE,
    ERROR_TYPE,
    THREAD,
    /** A propagation header of the request that the log tells of. */
    REQUEST_HEADER
}
