package dev.plait.ingest.redact;

/** How the text under a key is looked at for secrets. */
public enum Treatment {
    /** What anybody may have written: for tokens, URLs, {@code name=value}, {@code "name":"value"}, headers and options. */
    TEXT,
    /** A URL, a path with its query, a query: more names of parameters are secrets', and no blank ends their values. */
    URL,
    /** All of it is one. */
    SECRET
}
