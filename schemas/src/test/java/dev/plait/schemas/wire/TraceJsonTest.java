package dev.plait.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.CloseReason;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.JoinedBy;
import dev.plait.schemas.model.RequestStatus;
import dev.plait.schemas.model.RootCause;
import dev.plait.schemas.model.SamplingDecision;
import dev.plait.schemas.model.SpanEvent;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.SpanLink;
import dev.plait.schemas.model.SpanStatus;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TraceJsonTest {
    private static final long START = 1_767_225_600_123_456_789L;
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final SamplingDecision DECISION =
            new SamplingDecision(TRACE_ID, true, "error", 0.25, 1_767_225_606_000L);

    @Test
    void trace_hasTheFieldsOfItsRecord() throws IOException {
        JsonNode json = read(TraceJson.write(full("body")));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "traceId",
                        "idWidth",
                        "replacesTraceId",
                        "revision",
                        "delta",
                        "closedBecause",
                        "startEpochNanos",
                        "durationNanos",
                        "status",
                        "root",
                        "gateway",
                        "hops",
                        "services",
                        "spans",
                        "logs",
                        "exemplars",
                        "context",
                        "criticalPath",
                        "rootCause",
                        "counts",
                        "verdict",
                        "tags",
                        "sampling");
        assertThat(json.get("traceId").textValue()).isEqualTo(TRACE_ID);
        assertThat(json.get("idWidth").intValue()).isEqualTo(128);
        assertThat(json.get("replacesTraceId").textValue()).isEqualTo("00000000000000008448eb211c80319c");
        assertThat(json.get("revision").intValue()).isEqualTo(2);
        assertThat(json.get("delta").booleanValue()).isTrue();
        assertThat(json.get("closedBecause").textValue()).isEqualTo("LATE");
        assertThat(json.get("startEpochNanos").isIntegralNumber()).isTrue();
        assertThat(json.get("startEpochNanos").longValue()).isEqualTo(START);
        assertThat(json.get("durationNanos").longValue()).isEqualTo(5_000_000);
        assertThat(json.get("status").textValue()).isEqualTo("ERROR");
        assertThat(json.get("services").toString()).isEqualTo("[\"kong\",\"orders\"]");
        assertThat(json.get("tags").toString()).isEqualTo("{\"env\":\"prod\",\"region\":\"eu-west-1\"}");
    }

    @Test
    void trace_hasTheFieldsOfItsParts() throws IOException {
        JsonNode json = read(TraceJson.write(full("body")));

        assertThat(json.get("root"))
                .hasToString(
                        "{\"spanId\":\"00f067aa0ba902b7\",\"service\":\"kong\",\"name\":\"kong\",\"kind\":\"SERVER\"}");
        assertThat(json.get("gateway"))
                .hasToString("{\"product\":\"kong\",\"name\":\"edge\",\"route\":\"orders-v1\",\"service\":\"orders\","
                        + "\"consumer\":\"shop\",\"requestId\":\"r1\",\"method\":\"GET\",\"path\":\"/orders\",\"status\":503,\"error\":true,"
                        + "\"clientAddress\":\"10.0.0.1\",\"startEpochNanos\":1767225600123456789,\"totalMs\":5.5,"
                        + "\"gatewayMs\":1.5,\"upstreamMs\":4.0,\"tries\":2,\"responseFlags\":[\"UF\",\"URX\"],"
                        + "\"source\":\"web\",\"destination\":\"orders\"}");
        assertThat(json.get("hops").get(0))
                .hasToString("{\"product\":\"envoy\",\"name\":null,\"route\":null,\"service\":null,\"consumer\":null,"
                        + "\"requestId\":null,\"method\":null,\"path\":null,\"status\":0,\"error\":false,\"clientAddress\":null,"
                        + "\"startEpochNanos\":0,\"totalMs\":null,\"gatewayMs\":null,\"upstreamMs\":null,\"tries\":0,"
                        + "\"responseFlags\":[],\"source\":null,\"destination\":null}");
        assertThat(json.get("spans").get(0))
                .hasToString(
                        "{\"spanId\":\"00f067aa0ba902b7\",\"parentSpanId\":\"00000000000000aa\",\"service\":\"kong\","
                                + "\"name\":\"kong\",\"kind\":\"SERVER\",\"startEpochNanos\":1767225600123456789,"
                                + "\"durationNanos\":5000000,\"selfNanos\":1000000,\"status\":\"ERROR\",\"statusMessage\":\"no\","
                                + "\"error\":true,\"onCriticalPath\":true,\"skewNanos\":-3,\"scope\":\"kong-otel\","
                                + "\"attributes\":{\"text\":\"t\",\"long\":9223372036854775807,\"double\":0.5,\"flag\":true,"
                                + "\"nan\":\"NaN\",\"infinite\":\"-Infinity\"},"
                                + "\"events\":[{\"name\":\"exception\",\"timeEpochNanos\":7,\"attributes\":{\"a\":1}}],"
                                + "\"links\":[{\"traceId\":\"" + TRACE_ID
                                + "\",\"spanId\":\"00000000000000bb\",\"attributes\":{}}]}");
        assertThat(json.get("logs").get(0))
                .hasToString("{\"timeEpochNanos\":8,\"service\":\"orders\",\"severity\":\"INFO\",\"severityNumber\":9,"
                        + "\"body\":\"body\",\"spanId\":\"00f067aa0ba902b7\",\"source\":\"otlp\",\"joinedBy\":\"TRACE_ID\","
                        + "\"attributes\":{\"k\":\"v\"}}");
        assertThat(json.get("exemplars").get(0))
                .hasToString("{\"metric\":\"m\",\"unit\":\"s\",\"value\":0.25,\"timeEpochNanos\":9,\"spanId\":null,"
                        + "\"attributes\":{}}");
        assertThat(json.get("context").get(0))
                .hasToString(
                        "{\"service\":\"orders\",\"instance\":\"pod-1\",\"metric\":\"cpu\",\"unit\":\"1\",\"value\":\"NaN\","
                                + "\"timeEpochNanos\":10}");
        assertThat(json.get("criticalPath").get(0))
                .hasToString("{\"spanId\":\"00f067aa0ba902b7\",\"startEpochNanos\":1,\"endEpochNanos\":2}");
        assertThat(json.get("rootCause"))
                .hasToString("{\"service\":\"orders\",\"operation\":\"GET /orders\",\"spanId\":\"00f067aa0ba902b7\","
                        + "\"kind\":\"UPSTREAM\",\"reason\":\"503\"}");
        assertThat(json.get("counts"))
                .hasToString("{\"spans\":1,\"errors\":2,\"logs\":3,\"exemplars\":4,\"duplicates\":5,\"dropped\":6}");
        assertThat(json.get("verdict"))
                .hasToString("{\"complete\":true,\"rootSeen\":false,\"gatewayLogSeen\":true,\"missingParents\":7,"
                        + "\"ambiguousId\":false,\"truncated\":true,\"maxClockSkewNanos\":8}");
        assertThat(json.get("sampling")).hasToString("{\"keep\":true,\"reason\":\"error\",\"probability\":0.25}");
    }

    @Test
    void trace_withoutOptionalsHasNulls() throws IOException {
        CorrelatedTrace trace = new CorrelatedTrace(
                TRACE_ID,
                64,
                Optional.empty(),
                1,
                false,
                CloseReason.IDLE,
                0,
                0,
                RequestStatus.OK,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new CorrelatedTrace.Counts(0, 0, 0, 0, 0, 0),
                new CorrelatedTrace.Verdict(false, false, false, 0, false, false, 0),
                Map.of(),
                DECISION);

        JsonNode json = read(TraceJson.write(trace));

        for (String optional : List.of("replacesTraceId", "root", "gateway", "rootCause")) {
            assertThat(json.get(optional).isNull()).as(optional).isTrue();
        }
        for (String list : List.of("hops", "services", "spans", "logs", "exemplars", "context", "criticalPath")) {
            assertThat(json.get(list)).as(list).hasToString("[]");
        }
    }

    @Test
    void trace_withTextOfAllKindsComesBackAsItWas() throws IOException {
        String body = "\"quoted\" \\ \u0000 \u001f é € \ud83d\ude00 \u2028";

        JsonNode json = read(TraceJson.write(full(body)));

        assertThat(json.get("logs").get(0).get("body").textValue()).isEqualTo(body);
    }

    @Test
    void trace_withHalfASurrogatePairIsStillWritten() throws IOException {
        String body = "cut \ud83d and é";

        JsonNode json = read(TraceJson.write(full(body)));

        assertThat(json.get("logs").get(0).get("body").textValue()).isEqualTo(body);
    }

    @Test
    void decision_hasTheFieldsOfItsRecord() throws IOException {
        assertThat(read(TraceJson.write(DECISION)))
                .hasToString("{\"traceId\":\"" + TRACE_ID
                        + "\",\"keep\":true,\"reason\":\"error\",\"probability\":0.25,\"decidedAtMs\":1767225606000}");
    }

    private static CorrelatedTrace full(String body) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("text", "t");
        attributes.put("long", Long.MAX_VALUE);
        attributes.put("double", 0.5);
        attributes.put("flag", true);
        attributes.put("nan", Double.NaN);
        attributes.put("infinite", Double.NEGATIVE_INFINITY);
        TraceSpan span = new TraceSpan(
                "00f067aa0ba902b7",
                Optional.of("00000000000000aa"),
                "kong",
                "kong",
                SpanKind.SERVER,
                START,
                5_000_000,
                1_000_000,
                SpanStatus.ERROR,
                Optional.of("no"),
                true,
                true,
                -3,
                Optional.of("kong-otel"),
                attributes,
                List.of(new SpanEvent("exception", 7, Map.of("a", 1L))),
                List.of(new SpanLink(TRACE_ID, "00000000000000bb", Map.of())));
        TraceLog log = new TraceLog(
                8,
                Optional.of("orders"),
                Optional.of("INFO"),
                9,
                body,
                Optional.of("00f067aa0ba902b7"),
                "otlp",
                JoinedBy.TRACE_ID,
                Map.of("k", "v"));
        return new CorrelatedTrace(
                TRACE_ID,
                128,
                Optional.of("00000000000000008448eb211c80319c"),
                2,
                true,
                CloseReason.LATE,
                START,
                5_000_000,
                RequestStatus.ERROR,
                Optional.of(new CorrelatedTrace.Root("00f067aa0ba902b7", "kong", "kong", SpanKind.SERVER)),
                Optional.of(gateway()),
                List.of(hop()),
                List.of("kong", "orders"),
                List.of(span),
                List.of(log),
                List.of(new CorrelatedTrace.Exemplar("m", "s", 0.25, 9, Optional.empty(), Map.of())),
                List.of(new CorrelatedTrace.MetricContext("orders", Optional.of("pod-1"), "cpu", "1", Double.NaN, 10)),
                List.of(new CorrelatedTrace.PathSegment("00f067aa0ba902b7", 1, 2)),
                Optional.of(new RootCause(
                        "orders", "GET /orders", Optional.of("00f067aa0ba902b7"), RootCause.Kind.UPSTREAM, "503")),
                new CorrelatedTrace.Counts(1, 2, 3, 4, 5, 6),
                new CorrelatedTrace.Verdict(true, false, true, 7, false, true, 8),
                Map.of("region", "eu-west-1", "env", "prod"),
                DECISION);
    }

    private static AccessLog gateway() {
        return new AccessLog(
                "kong",
                Optional.of("edge"),
                Optional.of("orders-v1"),
                Optional.of("orders"),
                Optional.of("shop"),
                Optional.of("r1"),
                Optional.of("GET"),
                Optional.of("/orders"),
                503,
                true,
                Optional.of("10.0.0.1"),
                START,
                OptionalDouble.of(5.5),
                OptionalDouble.of(1.5),
                OptionalDouble.of(4),
                2,
                List.of("UF", "URX"),
                Optional.of("web"),
                Optional.of("orders"));
    }

    private static AccessLog hop() {
        return new AccessLog(
                "envoy",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                0,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static JsonNode read(byte[] json) throws IOException {
        return new ObjectMapper().readTree(json);
    }
}
