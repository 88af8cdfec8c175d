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
    SERVICE("service.name", ""),
    SERVICE_VERSION("service.version", ""),
    ENVIRONMENT("deployment.environment.name", ""),
    POD("k8s.pod.name", ""),
    POD_UID("k8s.pod.uid", ""),
    NAMESPACE("k8s.namespace.name", ""),
    CONTAINER("k8s.container.name", ""),
    NODE("k8s.node.name", ""),
    /** A trace ID only where it looks like one: others say where an error came from. */
    MAYBE_TRACE,
    STACK_TRACE("", "exception.stacktrace"),
    EXCEPTION_TYPE("", "exception.type"),
    EXCEPTION_MESSAGE("", "exception.message"),
    ERROR_TYPE("", "error.type"),
    THREAD("", "thread.name"),
    /** A propagation header of the request that the log tells of. */
    REQUEST_HEADER;

    private final String resource;
    private final String attribute;

    LogField() {
        this("", "");
    }

    LogField(String resource, String attribute) {
        this.resource = resource;
        this.attribute = attribute;
    }

    /** The attribute of the resource that it is; empty for what is none. */
    String resource() {
        return resource;
    }

    /** The attribute of the log that it is, in OpenTelemetry's conventions; empty for what is none. */
    String attribute() {
        return attribute;
    }
}
