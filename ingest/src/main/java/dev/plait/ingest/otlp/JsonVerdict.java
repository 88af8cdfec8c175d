package dev.plait.ingest.otlp;

/** What became of one JSON value. */
enum JsonVerdict {
    WRITTEN,
    /** Not a value of its field: its item is bad. */
    BAD,
    /** An integer that its writer has rounded, or that is no number at all: the whole document is not to be trusted. */
    INEXACT
}
