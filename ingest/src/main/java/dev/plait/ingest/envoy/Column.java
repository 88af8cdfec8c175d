package dev.plait.ingest.envoy;

/** What a column of a text line or a member of a JSON line means. */
enum Column {
    START_TIME,
    MESH,
    METHOD,
    PATH,
    PROTOCOL,
    STATUS,
    FLAGS,
    BYTES_RECEIVED,
    BYTES_SENT,
    DURATION,
    UPSTREAM_TIME,
    FORWARDED_FOR,
    USER_AGENT,
    TRACE_ID,
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
    CLOUD_TRACE
}
