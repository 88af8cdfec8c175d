package dev.plait.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceTextTest {
    @Test
    void traceLine_saysRequestAndCause() {
        assertThat(TraceLine.of(TraceJsonSamples.failedPurchase()))
                .containsExactly(
                        "00:00:00.000 ERROR    50.0 ms  4bf92f3577b34da6a3ce929d0e0e4736  kong POST /checkout 503  "
                                + "2 services, 2 spans, 2 logs, revision 2",
                        "             cause: payments POST /charges (UPSTREAM): status 503");
    }

    @Test
    void waterfall_nestsSpansAndTheirLogs() {
        List<String> lines = Waterfall.of(List.of(TraceJsonSamples.failedPurchase()));

        assertThat(lines)
                .containsExactly(
                        "trace   4bf92f3577b34da6a3ce929d0e0e4736  ERROR  50.0 ms  2026-01-01 00:00:00.000Z  revision 2 (ROOT_COMPLETE)",
                        "gateway kong POST /checkout 503  50 ms  gateway 3.0 ms  upstream 47.0 ms  route checkout-v1  "
                                + "service checkout  client 203.0.113.9  request ID 9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f",
                        "cause: payments POST /charges (UPSTREAM): status 503",
                        "verdict complete; 2 spans, 2 errors, 2 logs, 1 duplicates",
                        "",
                        "kong kong                                            "
                                + "|================================|      0.0 +50.0 ms  ERROR",
                        "  payments POST /charges                             "
                                + "|                ----------------|     25.0 +25.0 ms  ERROR no answer",
                        "    > 00:00:00.030 ERROR payments: charge·failed",
                        "> 00:00:00.000 kong kong: POST /checkout 503  (by request ID)");
    }

    @Test
    void spanTree_endsOnCirclesAndSharedIds() {
        List<SpanTree.Row> rows = SpanTree.rows(
                TraceJsonSamples.json(
                        "[{'spanId':'a','parentSpanId':'b','name':'1'},{'spanId':'b','parentSpanId':'a','name':'2'},"
                                + "{'spanId':'c','name':'3'},{'spanId':'c','name':'4'},{'spanId':'d','parentSpanId':'c','name':'5'},"
                                + "{'spanId':'e','parentSpanId':'gone','name':'6'},{'spanId':'f','parentSpanId':'f','name':'7'}]"));

        assertThat(rows)
                .extracting(row -> row.depth() + row.span().path("name").asText())
                .containsExactly("03", "04", "15", "06", "07", "01", "12");
    }

    @Test
    void revisions_endInHighestCompleteAndDeltasAboveIt() {
        TraceRevisions revisions = new TraceRevisions();

        revisions.add(TraceJsonSamples.revision("t", 4, true));
        revisions.add(TraceJsonSamples.revision("t", 1, false));
        revisions.add(TraceJsonSamples.revision("t", 3, true));
        revisions.add(TraceJsonSamples.revision("t", 2, false));
        revisions.add(TraceJsonSamples.revision("old", 1, false));
        revisions.add(TraceJsonSamples.json("{'traceId':'new','revision':2,'delta':false,'replacesTraceId':'old'}"));

        assertThat(revisions.current()).hasSize(2);
        assertThat(revisions.current().get(0))
                .extracting(one -> one.path("traceId").asText())
                .containsExactly("new");
        assertThat(revisions.current().get(1))
                .extracting(one -> one.path("revision").asInt())
                .containsExactly(2, 3, 4);
    }

    @Test
    void deadLetterLine_namesPlaceAndReason() {
        String line = DeadLetterLine.of(
                Map.of(
                        "plait.source.topic", "otlp_spans",
                        "plait.source.partition", "3",
                        "plait.source.offset", "77",
                        "plait.reason", "TRUNCATED",
                        "plait.detail", "Malformed: truncated at byte 9"),
                "\u0001\u001b[2Jx".getBytes(StandardCharsets.UTF_8));

        assertThat(line).isEqualTo("otlp_spans-3@77  TRUNCATED: Malformed: truncated at byte 9  [6 bytes: ··[2Jx]");
    }
}
