package dev.plait.sink.otlp;

/** What of a trace's later complete revisions, which carry everything again, is sent. */
enum Revisions {
    /** What no earlier revision had, as far as the task remembers. */
    NEW,
    /** Everything, with every revision: for backends in which a span replaces the one of the same ID. */
    ALL,
    /** Nothing: the first revision, and deltas. Late pieces that a complete revision brought are not sent. */
    FIRST
}
