package dev.plait.ingest.otlp;

import dev.plait.ingest.SignalSink;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Forms that are accepted although they are not as OTLP has them; counted by these words. */
enum Normalised {
    /** A value of no bytes: a valid request without content. */
    EMPTY,
    /** A byte order mark before JSON. */
    BOM,
    /** More than one JSON document: each further one. */
    NDJSON,
    /** A field named as in the {@code .proto} files. */
    SNAKE_CASE,
    /** A field named as before OTLP 0.15 ({@code instrumentationLibrarySpans}). */
    OLDER_NAME,
    /** A resource group without the request around it, as SDKs write one a line to a log. */
    BARE_GROUP,
    /** A field given twice: scalars of the last, lists of both. */
    DUPLICATE_KEY,
    /** {@code null} for a field, which is then as if absent. */
    NULL,
    /** A list or map of values without the object around it, as in OTLP's own example of events. */
    BARE_LIST,
    /** An ID in base64, as protobuf's own JSON has it. */
    BASE64_ID,
    /** An enum value by its name. */
    ENUM_NAME,
    /** An escape that is half a character, replaced by U+FFFD. */
    LONE_SURROGATE,
    /** U+0000 in a text, kept. */
    NUL_CHARACTER,
    /** A record of a proxy's access logger that does not say what became of a request: an ordinary log. */
    UNREAD_ACCESS_LOG,
    /** A log record whose trace ID is none: untraced. */
    BAD_LOG_ID,
    /** A log record that names its trace in its body or attributes alone. */
    TRACE_BY_NAME,
    /** A parent ID that is none: a root. */
    BAD_PARENT,
    /** A span that is its own parent: a root. */
    CYCLE,
    /** A span that ends before it starts, lasts more than 30 days, or has a time beyond the year 2262. */
    BAD_TIME,
    /** A span without start or end, a log record without any time. */
    NO_TIME,
    /** A metric point that somebody counts, too large for a counter of requests: it is not counted. */
    OVERSIZED_POINT;

    private final String label = name().toLowerCase(Locale.ROOT);

    String label() {
        return label;
    }

    /** How often each happened in one record, in the order above. Not thread safe. */
    static final class Counts {
        private final Map<Normalised, int[]> counts = new EnumMap<>(Normalised.class);

        void add(Normalised kind) {
            counts.computeIfAbsent(kind, first -> new int[1])[0]++;
        }

        void tell(SignalSink sink) {
            counts.forEach((kind, count) -> sink.normalised(kind.label, count[0]));
        }
    }
}
