package dev.plait.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.wire.TraceJson;
import dev.plait.sink.delivery.MalformedRecord;
import dev.plait.sink.delivery.RecordView;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceJoinTest {
    private final CorrelatedTrace whole = FailedTrace.of(List.of(FailedTrace.KONG, FailedTrace.ORDERS), true);

    @Test
    void join_ridesOnTheRootSpan() {
        List<Item> items = items(whole, false);

        Map<String, Object> root = attributes(span(items, 0).getAttributesList());
        assertThat(root)
                .containsEntry("plait.status", "ERROR")
                .containsEntry("plait.revision", 1L)
                .containsEntry("plait.delta", false)
                .containsEntry("plait.closed_because", "root_complete")
                .containsEntry("plait.root_cause.service", "orders")
                .containsEntry("plait.root_cause.operation", "GET /orders")
                .containsEntry("plait.root_cause.kind", "UPSTREAM")
                .containsEntry("plait.gateway.route", "orders-v1")
                .containsEntry("plait.gateway.consumer", "shop")
                .containsEntry("plait.gateway.request_id", "r1")
                .containsEntry("plait.gateway.status", 503L)
                .containsEntry("plait.gateway.total_ms", 5.5)
                .containsEntry("plait.gateway.gateway_ms", 1.5)
                .containsEntry("plait.gateway.upstream_ms", 4.0)
                .containsEntry("plait.gateway.response_flags", "UF,URX")
                .containsEntry("plait.hops", 1L)
                .containsEntry("plait.counts.dropped", 6L)
                .containsEntry("plait.verdict.complete", true)
                .containsEntry("plait.verdict.missing_parents", 7L)
                .containsEntry("plait.sampling.keep", true)
                .containsEntry("plait.sampling.reason", "error")
                .containsEntry("plait.sampling.probability", 0.25);
        assertThat(attributes(span(items, 1).getAttributesList())).doesNotContainKey("plait.status");
    }

    @Test
    void span_keepsItsStatusAndSaysWhatPlaitFound() {
        List<Item> items = items(whole, false);

        Map<String, Object> kong = attributes(span(items, 0).getAttributesList());
        assertThat(span(items, 0).getStatus()).isEqualTo(Status.getDefaultInstance());
        assertThat(kong)
                .containsEntry("plait.error", true)
                .containsEntry("plait.on_critical_path", true)
                .containsEntry("plait.self_time_ns", 1_000_000L)
                .containsEntry("plait.clock_skew_ns", -3L);
        assertThat(span(items, 1).getStatus().getMessage()).isEqualTo("no");
        assertThat(attributes(span(items, 1).getAttributesList())).doesNotContainKey("plait.error");
        assertThat(span(items, 0).getAttributesList())
                .extracting(KeyValue::getKey)
                .doesNotHaveDuplicates();
    }

    @Test
    void metricsOfTheTrace_areEventsOfTheRootSpan() {
        List<Span.Event> events = span(items(whole, false), 0).getEventsList();

        assertThat(events).extracting(Span.Event::getName).containsExactly("plait.exemplar", "plait.context");
        assertThat(attributes(events.get(0).getAttributesList()))
                .containsEntry("plait.metric", "http.duration")
                .containsEntry("plait.value", 0.25)
                .containsEntry("a", 1L);
        assertThat(attributes(events.get(1).getAttributesList()))
                .containsEntry("service.instance.id", "pod-1")
                .containsEntry("plait.value", Double.NaN);
    }

    @Test
    void resources_areTheServicesWithTheTagsOfTheTrace() {
        List<Item> items = items(whole, false);

        assertThat(attributes(items.get(0).resource().getAttributesList()))
                .containsOnly(Map.entry("region", "eu-west-1"), Map.entry("service.name", "kong"));
        assertThat(attributes(items.get(3).resource().getAttributesList()))
                .containsOnly(Map.entry("region", "eu-west-1"));
    }

    @Test
    void traceWithoutSpans_hasItsJoinOnTheFirstLog() {
        List<Item> items = items(FailedTrace.of(List.of(), true), false);

        assertThat(items).extracting(Item::signal).containsExactly(Signal.LOGS, Signal.LOGS);
        LogRecord first = (LogRecord) items.get(0).message();
        assertThat(first.getBody().getStringValue()).isEqualTo("GET /orders 503");
        assertThat(first.getSeverityNumberValue()).isZero();
        assertThat(attributes(first.getAttributesList()))
                .containsEntry("plait.joined_by", "request_id")
                .containsEntry("plait.source", "kong")
                .containsEntry("plait.status", "ERROR")
                .containsEntry("plait.gateway.status", 503L);
        assertThat(attributes(((LogRecord) items.get(1).message()).getAttributesList()))
                .doesNotContainKey("plait.status");
    }

    @Test
    void sampling_sendsKeptTracesAlone() {
        assertThat(items(whole, true)).hasSize(4);
        assertThat(items(FailedTrace.of(List.of(FailedTrace.KONG), false), true))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"traceId", "revision", "delta", "counts", "verdict", "sampling", "status"})
    void recordWithoutAField_isMalformed(String field) {
        Map<Object, Object> record = new HashMap<>((Map<?, ?>) Records.value(TraceJson.write(whole)));
        record.remove(field);

        assertThatThrownBy(() -> new TraceItems(Revisions.NEW, false, new SentPieces(10)).of(RecordView.of(record)))
                .isInstanceOf(MalformedRecord.class)
                .hasMessageContaining(field);
    }

    @Test
    void halfASurrogatePair_isStillLegalJson() throws Exception {
        List<Item> logs = Traces.of(Signal.LOGS, items(whole, false));

        byte[] json = OtlpJson.of(Requests.of(Signal.LOGS, logs));

        assertThat(new ObjectMapper().readTree(json).path("resourceLogs")).hasSize(2);
    }

    private static List<Item> items(CorrelatedTrace trace, boolean keptOnly) {
        return new TraceItems(Revisions.NEW, keptOnly, new SentPieces(100)).of(Records.view(TraceJson.write(trace)));
    }

    private static Span span(List<Item> items, int index) {
        return (Span) items.get(index).message();
    }

    private static Map<String, Object> attributes(List<KeyValue> list) {
        Map<String, Object> attributes = new HashMap<>();
        for (KeyValue attribute : list) {
            AnyValue value = attribute.getValue();
            attributes.put(
                    attribute.getKey(),
                    switch (value.getValueCase()) {
                        case STRING_VALUE -> value.getStringValue();
                        case INT_VALUE -> value.getIntValue();
                        case DOUBLE_VALUE -> value.getDoubleValue();
                        case BOOL_VALUE -> value.getBoolValue();
                        default -> "none";
                    });
        }
        return attributes;
    }
}
