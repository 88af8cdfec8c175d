package dev.plait.schemas.model;

/** How a log found its trace. */
public enum JoinedBy {
    TRACE_ID,
    REQUEST_ID
}
