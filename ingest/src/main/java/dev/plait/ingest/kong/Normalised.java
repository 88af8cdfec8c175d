package dev.plait.ingest.kong;

import dev.plait.ingest.SignalSink;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts by kind what one log said in an unexpected form and was understood anyway, until the log is known to be good. */
final class Normalised {
    enum Kind {
        BAD_NUMBER,
        BAD_STATUS,
        BAD_TRACE_ID,
        CLIENT_ADDRESS,
        DUPLICATE_KEY,
        NO_TIME,
        TIME_UNIT,
        TRACE_ID_CONFLICT,
        TRACE_ID_TEXT,
        TRACE_ID_WIDTH,
        UPSTREAM_STATUS,
        WRONG_TYPE;

        private final String word = name().toLowerCase(Locale.ROOT);
    }

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    void clear() {
        counts.clear();
    }

    void count(Kind kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    void handTo(SignalSink sink) {
        counts.forEach((kind, count) -> sink.normalised(kind.word, count));
    }
}
