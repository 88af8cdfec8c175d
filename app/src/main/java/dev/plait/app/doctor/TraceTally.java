package dev.plait.app.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What {@code plait-traces} says of the joins: of each trace its highest revision, a few facts kept. Bounded. */
final class TraceTally {
    private static final int MAX_TRACES = 100_000;
    private static final int MAX_SERVICES = 500;
    private static final long SKEWED_NANOS = 1_000_000_000L;

    /** The facts kept of one trace. */
    private record Facts(int revision, int bits) {
        boolean has(Fact fact) {
            return (bits & fact.bit()) != 0;
        }
    }

    /** What can be so of a trace. */
    enum Fact {
        COMPLETE(1),
        ROOT_SEEN(1 << 1),
        GATEWAY_LOG_SEEN(1 << 2),
        MISSING_PARENTS(1 << 3),
        AMBIGUOUS_ID(1 << 4),
        TRUNCATED(1 << 5),
        HAS_SPANS(1 << 6),
        ONLY_GATEWAY_LOG(1 << 7),
        JOINED_BY_REQUEST_ID(1 << 8),
        SKEWED(1 << 9);

        private final int bit;

        Fact(int bit) {
            this.bit = bit;
        }

        int bit() {
            return bit;
        }
    }

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Facts> traces = new HashMap<>();
    private final Map<String, Long> orphans = new TreeMap<>();
    private long records;
    private long revised;
    private long late;
    private long unreadable;

    void add(byte[] value) {
        records++;
        if (value == null) {
            return;
        }
        try {
            add(json.readTree(value));
        } catch (IOException notJson) {
            unreadable++;
        }
    }

    private void add(JsonNode trace) {
        int revision = trace.path("revision").asInt();
        revised += revision > 1 ? 1 : 0;
        late += trace.path("closedBecause").asText().equals("LATE") ? 1 : 0;
        if (trace.path("delta").asBoolean()) {
            return; // of the late pieces alone
        }
        String id = trace.path("traceId").asText();
        Facts had = traces.get(id);
        if (had == null ? traces.size() < MAX_TRACES : had.revision() < revision) {
            traces.put(id, new Facts(revision, facts(trace)));
        }
    }

    private int facts(JsonNode trace) {
        JsonNode verdict = trace.path("verdict");
        boolean spans = !trace.path("spans").isEmpty();
        boolean gateway = trace.path("gateway").isObject();
        boolean byRequest = false;
        for (JsonNode log : trace.path("logs")) {
            byRequest |= log.path("joinedBy").asText().equals("REQUEST_ID");
        }
        boolean missing = verdict.path("missingParents").asInt() > 0;
        if (missing && !verdict.path("truncated").asBoolean()) {
            orphans(trace.path("spans"));
        }
        return bit(verdict.path("complete").asBoolean(), Fact.COMPLETE)
                | bit(verdict.path("rootSeen").asBoolean(), Fact.ROOT_SEEN)
                | bit(verdict.path("gatewayLogSeen").asBoolean(), Fact.GATEWAY_LOG_SEEN)
                | bit(missing, Fact.MISSING_PARENTS)
                | bit(verdict.path("ambiguousId").asBoolean(), Fact.AMBIGUOUS_ID)
                | bit(verdict.path("truncated").asBoolean(), Fact.TRUNCATED)
                | bit(spans, Fact.HAS_SPANS)
                | bit(gateway && !spans, Fact.ONLY_GATEWAY_LOG)
                | bit(byRequest, Fact.JOINED_BY_REQUEST_ID)
                | bit(verdict.path("maxClockSkewNanos").asLong() > SKEWED_NANOS, Fact.SKEWED);
    }

    private static int bit(boolean is, Fact fact) {
        return is ? fact.bit() : 0;
    }

    /** Counts, by service, the spans whose parent is not in the trace. */
    private void orphans(JsonNode spans) {
        Set<String> ids = new HashSet<>();
        spans.forEach(span -> ids.add(span.path("spanId").asText()));
        for (JsonNode span : spans) {
            String service = span.path("service").asText();
            if (span.path("parentSpanId").isTextual()
                    && !ids.contains(span.path("parentSpanId").asText())
                    && (orphans.containsKey(service) || orphans.size() < MAX_SERVICES)) {
                orphans.merge(service, 1L, Long::sum);
            }
        }
    }

    long traces() {
        return traces.size();
    }

    long with(Fact fact) {
        return count(traces.values(), one -> one.has(fact));
    }

    /** Traces with spans and no gateway's log. */
    long withoutGatewayLog() {
        return count(traces.values(), one -> one.has(Fact.HAS_SPANS) && !one.has(Fact.GATEWAY_LOG_SEEN));
    }

    double share(Fact fact) {
        return SourceTally.share(with(fact), traces());
    }

    private static long count(Collection<Facts> facts, Predicate<Facts> wanted) {
        return facts.stream().filter(wanted).count();
    }

    /** Services whose spans name a parent that did not come, most spans first. */
    List<Map.Entry<String, Long>> orphans() {
        return orphans.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .toList();
    }

    long records() {
        return records;
    }

    /** Records that replace another. */
    long revised() {
        return revised;
    }

    long late() {
        return late;
    }

    long unreadable() {
        return unreadable;
    }
}
