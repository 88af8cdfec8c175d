package dev.plait.ingest.envoy;

/** What a column of a text line or a member of a JSON line means. */
enum Column {
    START_TIME,
    LOG_TYPE,
    MESH,
    METHOD,
    PATH,
    PROTOCOL,
    STATUS,
    GRPC_STATUS,
    FLAGS,
    BYTES_RECEIVED,
    BYTES_SENT,
    DURATION,
    UPSTREAM_TIME,
    FORWARDED_FOR,
    USER_AGENT,
    TRACE_ID,
    SPAN_ID,
    REQUEST_ID,
    AUTHORITY,
    SOURCE,
    DESTINATION,
    SOURCE_ADDRESS,
    UPSTREAM_HOST,
    DOWNSTREAM_ADDRESS,
    // trace IDs under a key that says their form
    TRACEPARENT,
    B3,
    B3_TRACE_ID,
    JAEGER,
    DATADOG,
    XRAY,
    CLOUD_TRACE,
    /** No column: an attribute under a name of its own. */
    OTHER;

    /** Whether it holds a trace ID in some form. */
    boolean isTrace() {
        return this == TRACE_ID || compareTo(TRACEPARENT) >= 0 && this != OTHER;
    }
}
