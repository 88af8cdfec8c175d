package dev.plait.perf.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.perf.load.LoadSpan;
import dev.plait.perf.load.LoadTrace;
import dev.plait.perf.load.TraceMaker;
import dev.plait.perf.load.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Judges the records of {@code plait-traces}. It computes each trace anew from its number and shares no code with the
 * engine: ids are inverted, JSON is read with Jackson's tree. Memory: 20 bytes per trace of the workload. Records of one
 * trace are expected in order, as one key is in one partition.
 */
public final class TraceOracle {
    /** Traces beyond the workload's own that may come, and need not: those that closed the stream. */
    private static final int MAX_CLOSERS = 1024;

    private static final int MAX_EXAMPLES = 5;

    private static final HexFormat HEX = HexFormat.of();

    private final ObjectMapper json = new ObjectMapper();
    private final Workload workload;
    private final TraceMaker maker;
    private final int[] revision;
    private final long[] content;
    private final int[] spans;
    private final int[] counted;
    private final List<String> examples = new ArrayList<>();
    private int twice;
    private int malformed;
    private int phantom;

    public TraceOracle(Workload workload) {
        this.workload = workload;
        this.maker = new TraceMaker(workload);
        revision = new int[workload.traces()];
        content = new long[workload.traces()];
        spans = new int[workload.traces()];
        counted = new int[workload.traces()];
    }

    /** One committed record. @return how many generated spans it carries, 0 when it is none of the workload's */
    public int accept(byte[] key, byte[] value) {
        JsonNode trace;
        try {
            trace = json.readTree(value);
        } catch (JsonProcessingException noJson) {
            return malformed("a value that is no JSON: " + noJson.getOriginalMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory cannot be read", impossible);
        }
        String id = trace.path("traceId").asText();
        if (!id.equals(new String(key, StandardCharsets.UTF_8)) || !id.matches("[0-9a-f]{32}")) {
            return malformed("key " + new String(key, StandardCharsets.UTF_8) + " over trace " + id);
        }
        long number = maker.numberOf(Long.parseUnsignedLong(id.substring(16), 16));
        if (number < 0 || number >= workload.traces()) {
            if (number < 0 || number >= workload.traces() + MAX_CLOSERS) {
                phantom++;
                example("phantom: trace " + id);
            }
            return 0;
        }
        record(Math.toIntExact(number), trace);
        return trace.path("spans").size();
    }

    private int malformed(String what) {
        malformed++;
        example("wrong: " + what);
        return 0;
    }

    private void record(int number, JsonNode trace) {
        int given = trace.path("revision").asInt();
        if (given <= revision[number]) {
            twice++;
            example("twice: revision " + given + " of trace " + trace.path("traceId"));
            return;
        }
        revision[number] = given;
        if (!trace.path("delta").asBoolean()) {
            content[number] = 0;
            spans[number] = 0;
        }
        for (JsonNode span : trace.path("spans")) {
            content[number] += Content.of(span);
            spans[number]++;
        }
        // a wrong head is a wrong trace; a delta knows only its own pieces, but the counts of the whole
        LoadTrace expected = maker.trace(number);
        boolean right = hasRightCounts(trace) && (trace.path("delta").asBoolean() || hasRightHead(expected, trace));
        counted[number] = right ? trace.path("counts").path("spans").asInt() : -1;
    }

    private static boolean hasRightCounts(JsonNode trace) {
        JsonNode counts = trace.path("counts");
        return counts.path("duplicates").asInt() == 0 && counts.path("dropped").asInt() == 0;
    }

    private static boolean hasRightHead(LoadTrace expected, JsonNode trace) {
        LoadSpan root = expected.spans().get(0);
        return trace.path("traceId").asText().equals(HEX.toHexDigits(expected.high()) + HEX.toHexDigits(expected.low()))
                && trace.path("root").path("spanId").asText().equals(HEX.toHexDigits(root.spanId()))
                && trace.path("root").path("service").asText().equals(root.service())
                && trace.path("startEpochNanos").asLong() == root.startEpochNanos()
                && trace.path("verdict").path("complete").asBoolean();
    }

    /** Compares what was seen with all that was generated. Takes as long as generating it. */
    public Answer answer() {
        int right = 0;
        long rightSpans = 0;
        int revised = 0;
        int lost = 0;
        int wrong = malformed;
        for (int number = 0; number < workload.traces(); number++) {
            LoadTrace expected = maker.trace(number);
            int size = expected.spans().size();
            if (revision[number] == 0) {
                lost++;
                example("lost: trace number " + number + " of " + size + " spans");
                continue;
            }
            if (revision[number] > 1) {
                revised++;
            }
            if (isRight(number, expected)) {
                right++;
                rightSpans += size;
            } else {
                wrong++;
                example("wrong: trace number " + number + " has " + spans[number] + " spans and counts "
                        + counted[number] + " instead of " + size);
            }
        }
        return new Answer(right, rightSpans, revised, lost, twice, wrong, phantom, examples);
    }

    private boolean isRight(int number, LoadTrace expected) {
        long digest = 0;
        for (LoadSpan span : expected.spans()) {
            digest += Content.of(span);
        }
        int size = expected.spans().size();
        return digest == content[number] && spans[number] == size && counted[number] == size;
    }

    private void example(String text) {
        if (examples.size() < MAX_EXAMPLES) {
            examples.add(text);
        }
    }
}
