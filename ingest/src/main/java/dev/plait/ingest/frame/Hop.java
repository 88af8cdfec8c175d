package dev.plait.ingest.frame;

/** Where a frame goes next. */
public enum Hop {
    /** To the assembler of its items' traces. */
    FRAMES,
    /** To the matcher of its items' request IDs. */
    REQUESTS
}
