package dev.plait.ingest.redact;

/** How the text under a key is looked at for secrets. */
public enum Treatment {
    /** A value of its own: only for tokens that show what they are, and for patterns. */
    PLAIN,
    /** A URL, a path with its query, a query: also for parameters and for {@code user:password@}. */
    URL,
    /** What a person or program wrote: also for {@code name=value}, {@code "name":"value"} and headers. */
    TEXT,
    /** All of it is one. */
    SECRET
}
