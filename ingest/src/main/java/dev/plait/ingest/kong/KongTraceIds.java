package dev.plait.ingest.kong;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.accesslog.AccessLogRecord;
import dev.plait.ingest.accesslog.JsonScalar;
import dev.plait.ingest.traceid.Datadog;
import dev.plait.ingest.traceid.TraceIdText;
import dev.plait.schemas.model.TraceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code trace_id}, an object with the same ID in every propagation format that ran, and picks one: any of 32 hex
 * digits, any of 16, then Datadog's decimal, each in the order w3c, gcp, aws, b3, jaeger, instana, ot; keys nobody knows come
 * last. Values that disagree with it in the low 64 bits are kept as attributes {@code kong.trace_id.<key>} and counted. The
 * base of a number follows from its key, never from its looks.
 */
final class KongTraceIds {
    private static final List<String> ORDER = List.of("w3c", "gcp", "aws", "b3", "jaeger", "instana", "ot");
    private static final int MAX_KEYS = 16;
    private static final int HEX64_RANK = 10;
    private static final int DATADOG_RANK = 20;
    private static final int UNKNOWN_RANK = 30;

    /** One value that could be read. The lowest rank is picked. */
    private record Candidate(String key, String text, TraceId id, int rank) {}

    private final Normalised normalised;
    private final List<Candidate> candidates = new ArrayList<>();

    KongTraceIds(Normalised normalised) {
        this.normalised = normalised;
    }

    void clear() {
        candidates.clear();
    }

    /** Reads the value of {@code trace_id}: the object, or a bare text. */
    void read(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Members.read(parser, this::member);
            return;
        }
        String text = JsonScalar.string(parser);
        if (!text.isEmpty()) {
            normalised.count(Normalised.Kind.TRACE_ID_TEXT);
            add("text", text, TraceIdText.parse(text), UNKNOWN_RANK);
        }
    }

    private void member(String key, JsonParser parser) throws IOException {
        String text = JsonScalar.string(parser);
        if (text.isEmpty() || candidates.size() == MAX_KEYS) {
            return;
        }
        int order = ORDER.indexOf(key);
        if (order >= 0) {
            add(
                    key,
                    text,
                    TraceIdText.hex(text).or(() -> structured(text)),
                    text.length() == 16 ? HEX64_RANK + order : order);
        } else if (key.equals("datadog")) {
            add(key, text, Datadog.traceId(text), DATADOG_RANK);
        } else {
            add(key, text, TraceIdText.parse(text), UNKNOWN_RANK);
        }
    }

    /** The whole header where only its ID was meant ({@code a:b:c:d}, {@code 1-x-y}); digits alone are not hex IDs here. */
    private static Optional<TraceId> structured(String text) {
        boolean hasParts = text.indexOf(':') > 0 || text.indexOf('-') > 0 || text.indexOf('%') > 0;
        return hasParts ? TraceIdText.parse(text) : Optional.empty();
    }

    private void add(String key, String text, Optional<TraceId> id, int rank) {
        if (id.isPresent()) {
            candidates.add(new Candidate(key, text, id.get(), rank));
        } else {
            normalised.count(Normalised.Kind.BAD_TRACE_ID);
        }
    }

    /** The trace ID of the log, if any value could be read; values that disagree go to {@code log}. */
    Optional<TraceId> pick(AccessLogRecord log) {
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        Candidate first = candidates.get(0);
        for (Candidate candidate : candidates) {
            if (candidate.rank < first.rank) {
                first = candidate;
            }
        }
        TraceId picked = first.id;
        boolean conflict = false;
        for (Candidate candidate : candidates) {
            if (candidate.id.low() != first.id.low()) {
                conflict = true;
                log.other("kong.trace_id." + candidate.key, candidate.text);
            } else if (picked.high() == 0 && candidate.id.high() != 0) {
                // the same ID, known in full by another format
                picked = candidate.id;
            }
        }
        if (conflict) {
            normalised.count(Normalised.Kind.TRACE_ID_CONFLICT);
        }
        if (picked.high() == 0) {
            normalised.count(Normalised.Kind.TRACE_ID_WIDTH);
        }
        return Optional.of(picked);
    }
}
