package dev.plait.schemas.model;

/**
 * The sixteen flag bits of a frame's item: signal (bits 0-1), OTLP span kind (bits 2-4), and single facts. Everything that
 * assembling needs to know of an item without reading its bytes.
 */
public final class ItemFlags {
    /** Signals. An ANNOUNCEMENT has no bytes: it says which trace a request ID belongs to (match hop only). */
    public static final int SPAN = 0;

    public static final int LOG = 1;
    public static final int EXEMPLAR = 2;
    public static final int ANNOUNCEMENT = 3;

    /** A span that says it has no parent. */
    public static final int ROOT = 1 << 5;

    /** A span with an end time. */
    public static final int ENDED = 1 << 6;

    /** A span (or an access log) that counts as an error. */
    public static final int ERROR = 1 << 7;

    /** A log record that is a proxy's access log. */
    public static final int ACCESS_LOG = 1 << 8;

    /** A log that the match task counted on arrival, if it is to be counted. */
    public static final int COUNTED = 1 << 9;

    /** A log that met its trace through its request ID. */
    public static final int BY_REQUEST_ID = 1 << 10;

    /** An item whose bytes were cut because it was too large to carry, or whose bytes were dropped by a trace's limit. */
    public static final int TRUNCATED = 1 << 11;

    /** The server half of a Zipkin shared span. */
    public static final int SHARED = 1 << 12;

    /** A metric point, of signal {@link #EXEMPLAR}, on its way to be counted (match hop only). */
    public static final int POINT = 1 << 13;

    private static final int SIGNAL_MASK = 3;
    private static final int KIND_SHIFT = 2;
    private static final int KIND_MASK = 7;

    private ItemFlags() {}

    public static int signal(int flags) {
        return flags & SIGNAL_MASK;
    }

    /** The OTLP number of a span's kind, 1 to 5. */
    public static int kind(int flags) {
        return flags >>> KIND_SHIFT & KIND_MASK;
    }

    /** Flags of a span of an OTLP kind number; unspecified (0) and numbers not known are internal (1). */
    public static int span(int otlpKind) {
        return SPAN | (otlpKind >= 1 && otlpKind <= 5 ? otlpKind : 1) << KIND_SHIFT;
    }

    public static boolean has(int flags, int bit) {
        return (flags & bit) != 0;
    }
}
