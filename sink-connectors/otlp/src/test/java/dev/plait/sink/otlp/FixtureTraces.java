package dev.plait.sink.otlp;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.google.protobuf.ByteString;
import dev.plait.schemas.fixture.TraceFixtures;
import dev.plait.schemas.model.CloseReason;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.JoinedBy;
import dev.plait.schemas.model.RequestStatus;
import dev.plait.schemas.model.SamplingDecision;
import dev.plait.schemas.model.SpanEvent;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.SpanLink;
import dev.plait.schemas.model.SpanStatus;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * OTLP requests of {@link TraceFixtures}, with events, links and attributes of every type added, and the correlated traces that
 * they become: so that what is sent can be held against what was once received. The same seed gives the same.
 */
final class FixtureTraces {
    private final List<Span> spans = new ArrayList<>();
    private final List<LogRecord> logs;
    private final Map<ByteString, String> services = new LinkedHashMap<>();

    FixtureTraces(long seed, int spanCount, int traceCount, int logCount) {
        TraceFixtures fixtures = new TraceFixtures(seed);
        Random random = new Random(seed);
        ExportTraceServiceRequest request = fixtures.traces(spanCount, traceCount);
        ExportLogsServiceRequest logRequest = fixtures.logs(request, logCount);
        request.getResourceSpansList().forEach(resource -> {
            String service = resource.getResource().getAttributes(0).getValue().getStringValue();
            for (Span span : resource.getScopeSpans(0).getSpansList()) {
                spans.add(asReceived(varied(span, random)));
                services.put(span.getSpanId(), service);
            }
        });
        logs = logRequest.getResourceLogs(0).getScopeLogs(0).getLogRecordsList().stream()
                .map(log ->
                        asReceived(log.toBuilder().clearObservedTimeUnixNano().build()))
                .toList();
    }

    /** All its spans have this name. */
    FixtureTraces named(String name) {
        spans.replaceAll(span -> span.toBuilder().setName(name).build());
        return this;
    }

    /** Without the last spans. */
    FixtureTraces withoutLast(int count) {
        spans.subList(spans.size() - count, spans.size()).clear();
        return this;
    }

    List<Span> spans() {
        return spans;
    }

    List<LogRecord> logs() {
        return logs;
    }

    /** As they would be on {@code plait-traces}, in the first revision. */
    List<CorrelatedTrace> traces() {
        return traces(1, false);
    }

    List<CorrelatedTrace> traces(int revision, boolean delta) {
        Map<ByteString, List<LogRecord>> logsByTrace = logs.stream().collect(groupingBy(LogRecord::getTraceId));
        return spans.stream().collect(groupingBy(Span::getTraceId, LinkedHashMap::new, toList())).entrySet().stream()
                .map(trace ->
                        trace(trace.getValue(), logsByTrace.getOrDefault(trace.getKey(), List.of()), revision, delta))
                .toList();
    }

    /** As it was received: without what Plait added, attributes by key, as Connect's JSON converter does not keep their order. */
    static Span asReceived(Span span) {
        Span.Builder received = span.toBuilder().clearAttributes().addAllAttributes(received(span.getAttributesList()));
        received.clearEvents();
        span.getEventsList().stream()
                .filter(event -> !event.getName().startsWith("plait."))
                .forEach(received::addEvents);
        return received.build();
    }

    static LogRecord asReceived(LogRecord log) {
        return log.toBuilder()
                .clearAttributes()
                .addAllAttributes(received(log.getAttributesList()))
                .build();
    }

    private static List<KeyValue> received(List<KeyValue> attributes) {
        return attributes.stream()
                .filter(attribute -> !attribute.getKey().startsWith("plait."))
                .sorted(Comparator.comparing(KeyValue::getKey))
                .toList();
    }

    private CorrelatedTrace trace(List<Span> ofTrace, List<LogRecord> logsOfTrace, int revision, boolean delta) {
        String traceId = hex(ofTrace.get(0).getTraceId());
        Span root = ofTrace.get(0);
        return new CorrelatedTrace(
                traceId,
                128,
                Optional.empty(),
                revision,
                delta,
                CloseReason.ROOT_COMPLETE,
                root.getStartTimeUnixNano(),
                root.getEndTimeUnixNano() - root.getStartTimeUnixNano(),
                RequestStatus.OK,
                Optional.of(new CorrelatedTrace.Root(hex(root.getSpanId()), "kong", root.getName(), SpanKind.SERVER)),
                Optional.empty(),
                List.of(),
                ofTrace.stream()
                        .map(span -> services.get(span.getSpanId()))
                        .distinct()
                        .sorted()
                        .toList(),
                ofTrace.stream().map(this::span).toList(),
                logsOfTrace.stream().map(FixtureTraces::log).toList(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new CorrelatedTrace.Counts(ofTrace.size(), 0, logsOfTrace.size(), 0, 0, 0),
                new CorrelatedTrace.Verdict(true, true, false, 0, false, false, 0),
                Map.of("region", "eu-1"),
                new SamplingDecision(traceId, traceId.charAt(0) < '8', "probability", 0.5, 0));
    }

    private TraceSpan span(Span span) {
        return new TraceSpan(
                hex(span.getSpanId()),
                Optional.of(hex(span.getParentSpanId())).filter(id -> !id.isEmpty()),
                services.get(span.getSpanId()),
                span.getName(),
                SpanKind.valueOf(span.getKind().name().substring("SPAN_KIND_".length())),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano() - span.getStartTimeUnixNano(),
                7,
                SpanStatus.valueOf(span.getStatus().getCode().name().substring("STATUS_CODE_".length())),
                Optional.of(span.getStatus().getMessage()).filter(text -> !text.isEmpty()),
                false,
                false,
                0,
                Optional.of("plait-fixtures"),
                attributes(span.getAttributesList()),
                span.getEventsList().stream()
                        .map(event -> new SpanEvent(
                                event.getName(), event.getTimeUnixNano(), attributes(event.getAttributesList())))
                        .toList(),
                span.getLinksList().stream()
                        .map(link -> new SpanLink(
                                hex(link.getTraceId()), hex(link.getSpanId()), attributes(link.getAttributesList())))
                        .toList());
    }

    private static TraceLog log(LogRecord log) {
        return new TraceLog(
                log.getTimeUnixNano(),
                Optional.of("orders"),
                Optional.of(log.getSeverityText()),
                log.getSeverityNumberValue(),
                log.getBody().getStringValue(),
                Optional.of(hex(log.getSpanId())),
                "otlp",
                JoinedBy.TRACE_ID,
                attributes(log.getAttributesList()));
    }

    private static Map<String, Object> attributes(List<KeyValue> list) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (KeyValue attribute : list) {
            AnyValue value = attribute.getValue();
            attributes.put(
                    attribute.getKey(),
                    switch (value.getValueCase()) {
                        case STRING_VALUE -> value.getStringValue();
                        case INT_VALUE -> value.getIntValue();
                        case DOUBLE_VALUE -> value.getDoubleValue();
                        case BOOL_VALUE -> value.getBoolValue();
                        default -> throw new IllegalStateException("not in the fixtures: " + value);
                    });
        }
        return attributes;
    }

    private static Span varied(Span span, Random random) {
        Span.Builder varied = span.toBuilder()
                .addAttributes(attribute("long", AnyValue.newBuilder().setIntValue(random.nextLong())))
                .addAttributes(attribute("double", AnyValue.newBuilder().setDoubleValue(random.nextGaussian() * 1e6)))
                .addAttributes(attribute("whole", AnyValue.newBuilder().setDoubleValue(random.nextInt(1000))))
                .addAttributes(attribute("flag", AnyValue.newBuilder().setBoolValue(random.nextBoolean())));
        for (int i = random.nextInt(3); i > 0; i--) {
            varied.addEvents(Span.Event.newBuilder()
                    .setName("event-" + i)
                    .setTimeUnixNano(span.getStartTimeUnixNano() + i)
                    .addAttributes(attribute("n", AnyValue.newBuilder().setIntValue(i))));
            varied.addLinks(Span.Link.newBuilder()
                    .setTraceId(span.getTraceId())
                    .setSpanId(span.getSpanId())
                    .addAttributes(attribute("é", AnyValue.newBuilder().setStringValue("ü\u0000"))));
        }
        return varied.build();
    }

    private static KeyValue attribute(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
