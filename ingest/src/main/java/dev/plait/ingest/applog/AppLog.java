package dev.plait.ingest.applog;

import dev.plait.ingest.SignalSink;
import dev.plait.ingest.span.SpanText;
import dev.plait.schemas.model.TraceId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One log between being read and being written as OTLP: first its fields by path, in the order they came, then what they mean
 * ({@link LogInterpreter}); fields without a meaning stay behind as the attributes. Values are String, Long, Double, Boolean
 * or BigInteger. Reused after {@link #clear}; not thread safe.
 *
 * <p>At most {@value #MAX_FIELDS} attributes; what is beyond is dropped, counted as {@code dropped_attributes} and told in the
 * log. Texts are cut at {@value SpanText#MAX_VALUE} characters ({@code truncated_text}).
 */
final class AppLog {
    static final int MAX_FIELDS = 256;

    final Map<String, Object> fields = new LinkedHashMap<>();
    final Map<String, Object> resource = new LinkedHashMap<>();
    Optional<TraceId> trace = Optional.empty();
    long spanId;
    int traceFlags;
    /** 0 when the log does not say, so that the time of arrival counts. */
    long timeNanos;

    Severity severity = Severity.NONE;
    int dropped;

    /** How many of the fields, from the first on, are the log's own; those behind were around it. 0: all are its own. */
    private int own;

    final LogBody body = new LogBody();
    private final FormCounts counts = new FormCounts();

    void clear() {
        fields.clear();
        resource.clear();
        counts.clear();
        trace = Optional.empty();
        spanId = 0;
        traceFlags = 0;
        timeNanos = 0;
        severity = Severity.NONE;
        body.clear();
        dropped = 0;
        own = 0;
    }

    /** Keeps a field. An empty text is an absent one. Of two with one path the last counts. */
    void field(String path, Object value) {
        Object kept = value instanceof String text ? cut(text) : value;
        if (!"".equals(kept) && fields.put(path, kept) != null) {
            count("duplicate_key");
        }
    }

    /** Adds fields that were said around the log, by who carried it: behind its own, which count before them. */
    void around(Map<String, ?> outer) {
        own = fields.size();
        outer.forEach((path, value) -> {
            if (fields.size() >= MAX_FIELDS) {
                drop();
            } else if (fields.putIfAbsent(path, value) != null) {
                count("duplicate_key");
            }
        });
    }

    /** Whether the field of this number is one of the log's own. */
    boolean isOwn(int field) {
        return own == 0 || field < own;
    }

    void drop() {
        dropped++;
        count("dropped_attributes");
    }

    /** More of the body, on a line of its own. */
    void append(String line) {
        if (!body.append(line)) {
            count("truncated_text");
        }
    }

    /** More of the body: valid UTF-8, on a line of its own. */
    void append(byte[] line, int from, int to) {
        if (!body.append(line, from, to)) {
            count("truncated_text");
        }
    }

    /** Counts a form that was accepted although it is not as it should be, by a lower-case word. */
    void count(String kind) {
        counts.add(kind);
    }

    void giveCounts(SignalSink sink) {
        counts.giveTo(sink);
    }

    private String cut(String text) {
        String kept = SpanText.cut(text, SpanText.MAX_VALUE);
        if (kept.length() < text.length()) {
            count("truncated_text");
        }
        return kept;
    }
}
