package dev.plait.perf.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plait.perf.load.LoadSpan;
import dev.plait.perf.load.LoadTrace;
import dev.plait.perf.load.TraceMaker;
import dev.plait.perf.load.Workload;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class TraceOracleTest {
    private static final Workload WORKLOAD = new Workload(3, 20, 8, 512, 4, 80_000);
    private static final int SUSPECT = 5;
    private static final String[] KINDS = {"", "INTERNAL", "SERVER", "CLIENT"};

    private static final HexFormat HEX = HexFormat.of();

    private final ObjectMapper json = new ObjectMapper();
    private final TraceMaker maker = new TraceMaker(WORKLOAD);
    private final TraceOracle oracle = new TraceOracle(WORKLOAD);

    @Test
    void oracle_acceptsWhatWasGenerated() {
        giveAllBut(-1);

        Answer answer = oracle.answer();
        assertThat(answer.examples()).isEmpty();
        assertThat(answer.isRight()).isTrue();
        assertThat(answer.traces()).isEqualTo(20);
    }

    @Test
    void oracle_seesALostTrace() {
        giveAllBut(SUSPECT);

        assertThat(oracle.answer().lost()).isEqualTo(1);
    }

    @Test
    void oracle_seesARevisionThatCameTwice() {
        giveAllBut(-1);
        give(record(SUSPECT));

        assertThat(oracle.answer().twice()).isEqualTo(1);
    }

    @Test
    void oracle_seesALostSpan() {
        giveAllBut(SUSPECT);
        give(changed(trace -> ((ArrayNode) trace.get("spans")).remove(1)));

        assertThat(oracle.answer().wrong()).isEqualTo(1);
    }

    @Test
    void oracle_seesAWrongCount() {
        giveAllBut(SUSPECT);
        give(changed(trace -> ((ObjectNode) trace.get("counts")).put("spans", 1)));

        assertThat(oracle.answer().wrong()).isEqualTo(1);
    }

    @Test
    void oracle_seesAChangedAttribute() {
        giveAllBut(SUSPECT);
        give(changed(trace -> ((ObjectNode) trace.get("spans").get(0).get("attributes")).put("http.host", "other")));

        assertThat(oracle.answer().wrong()).isEqualTo(1);
    }

    @Test
    void oracle_seesASpanOfAnotherTrace() {
        giveAllBut(SUSPECT);
        give(changed(trace -> ((ArrayNode) trace.get("spans"))
                .set(0, record(SUSPECT + 1).get("spans").get(0))));

        assertThat(oracle.answer().wrong()).isEqualTo(1);
    }

    @Test
    void oracle_seesATraceThatNobodyGenerated() {
        giveAllBut(-1);
        ObjectNode trace = record(SUSPECT);
        give(trace.put("traceId", "00000000000000010000000000000001"));

        assertThat(oracle.answer().phantom()).isEqualTo(1);
    }

    @Test
    void oracle_addsADeltaToWhatCameBefore() {
        giveAllBut(SUSPECT);
        ObjectNode whole = record(SUSPECT);
        ArrayNode spans = (ArrayNode) whole.get("spans");
        ObjectNode late = whole.deepCopy().put("revision", 2).put("delta", true);
        late.set("spans", json.createArrayNode().add(spans.get(spans.size() - 1)));
        spans.remove(spans.size() - 1);
        give(whole);
        give(late);

        Answer answer = oracle.answer();
        assertThat(answer.isRight()).isTrue();
        assertThat(answer.revised()).isEqualTo(1);
    }

    private void giveAllBut(int number) {
        for (int i = 0; i < WORKLOAD.traces(); i++) {
            if (i != number) {
                give(record(i));
            }
        }
    }

    private ObjectNode changed(Consumer<ObjectNode> change) {
        ObjectNode trace = record(SUSPECT);
        change.accept(trace);
        return trace;
    }

    private void give(ObjectNode trace) {
        byte[] key = trace.get("traceId").asText().getBytes(StandardCharsets.UTF_8);
        oracle.accept(key, trace.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What the documents say a record holds, of what the oracle looks at. */
    private ObjectNode record(int number) {
        LoadTrace trace = maker.trace(number);
        List<LoadSpan> spans = trace.spans();
        ObjectNode out = json.createObjectNode();
        out.put("traceId", HEX.toHexDigits(trace.high()) + HEX.toHexDigits(trace.low()));
        out.put("revision", 1).put("delta", false);
        out.put("startEpochNanos", spans.get(0).startEpochNanos());
        out.putObject("root")
                .put("spanId", HEX.toHexDigits(spans.get(0).spanId()))
                .put("service", spans.get(0).service());
        ArrayNode list = out.putArray("spans");
        spans.forEach(span -> list.add(span(span)));
        out.putObject("counts").put("spans", spans.size()).put("duplicates", 0).put("dropped", 0);
        out.putObject("verdict").put("complete", true);
        return out;
    }

    private ObjectNode span(LoadSpan span) {
        ObjectNode out = json.createObjectNode();
        out.put("spanId", HEX.toHexDigits(span.spanId()));
        out.put("parentSpanId", span.parentId() == 0 ? null : HEX.toHexDigits(span.parentId()));
        out.put("service", span.service()).put("name", span.name()).put("kind", KINDS[span.kind()]);
        out.put("startEpochNanos", span.startEpochNanos()).put("durationNanos", span.durationNanos());
        out.put("status", span.failed() ? "ERROR" : "UNSET");
        ObjectNode attributes = out.putObject("attributes");
        span.attributes().forEach((key, value) -> {
            if (value instanceof Long number) {
                attributes.put(key, number);
            } else {
                attributes.put(key, value.toString());
            }
        });
        return out;
    }
}
