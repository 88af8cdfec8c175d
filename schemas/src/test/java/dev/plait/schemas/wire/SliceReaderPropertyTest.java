package dev.plait.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.JoinedBy;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedExemplar;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.model.SpanEvent;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.SpanLink;
import dev.plait.schemas.model.SpanStatus;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the slice reader makes of random messages, against what protobuf's generated classes say is in them. */
class SliceReaderPropertyTest {
    private static final long ARRIVAL_MS = 1_767_225_600_123L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SliceReader reader = new SliceReader();

    @Property(tries = 500)
    void span_isWhatTheGeneratedClassesRead(@ForAll long seed) {
        RandomOtlp otlp = new RandomOtlp(seed);
        Span span = otlp.span();
        Resource resource = otlp.resource();
        InstrumentationScope scope = otlp.scope();
        Frame frame = frame(ItemFlags.span(span.getKindValue()) | ItemFlags.ERROR, span, resource, scope);

        ReceivedSpan read = reader.span(frame, 0);

        List<SpanEvent> events = new ArrayList<>();
        span.getEventsList()
                .forEach(event -> events.add(new SpanEvent(
                        event.getName(), event.getTimeUnixNano(), attributes(event.getAttributesList()))));
        List<SpanLink> links = new ArrayList<>();
        span.getLinksList().stream()
                .filter(link ->
                        link.getTraceId().size() == 16 && link.getSpanId().size() == 8)
                .forEach(link -> links.add(new SpanLink(
                        hex(link.getTraceId()), hex(link.getSpanId()), attributes(link.getAttributesList()))));
        assertThat(read)
                .isEqualTo(new ReceivedSpan(
                        1,
                        2,
                        span.getName(),
                        SpanKind.ofOtlp(span.getKindValue()),
                        span.getStartTimeUnixNano(),
                        span.getEndTimeUnixNano(),
                        SpanStatus.ofOtlp(span.getStatus().getCodeValue()),
                        span.getStatus().getMessage(),
                        true,
                        attributes(span.getAttributesList()),
                        events,
                        links,
                        origin(resource, scope)));
        assertThat(read.attributes().keySet())
                .containsExactlyElementsOf(attributes(span.getAttributesList()).keySet());
    }

    @Property(tries = 500)
    void log_isWhatTheGeneratedClassesRead(@ForAll long seed) {
        RandomOtlp otlp = new RandomOtlp(seed);
        LogRecord log = otlp.log();
        Resource resource = otlp.resource();
        InstrumentationScope scope = otlp.scope();
        Frame frame = frame(ItemFlags.LOG | ItemFlags.ACCESS_LOG | ItemFlags.BY_REQUEST_ID, log, resource, scope);

        ReceivedLog read = reader.log(frame, 0);

        long time = log.getTimeUnixNano() != 0 ? log.getTimeUnixNano() : log.getObservedTimeUnixNano();
        Map<String, Object> attributes = attributes(log.getAttributesList());
        if (!log.getEventName().isEmpty()) {
            attributes.put("event.name", log.getEventName());
        }
        assertThat(read)
                .isEqualTo(new ReceivedLog(
                        time != 0 ? time : ARRIVAL_MS * 1_000_000,
                        1,
                        log.getSeverityText(),
                        log.getSeverityNumberValue(),
                        log.hasBody()
                                ? value(log.getBody()).map(Object::toString).orElse("")
                                : "",
                        true,
                        false,
                        JoinedBy.REQUEST_ID,
                        attributes,
                        origin(resource, scope)));
    }

    @Property(tries = 500)
    void exemplar_isWhatTheGeneratedClassesRead(@ForAll long seed) {
        RandomOtlp otlp = new RandomOtlp(seed);
        Metric metric = otlp.metric();
        Resource resource = otlp.resource();
        InstrumentationScope scope = otlp.scope();
        Frame frame = frame(ItemFlags.EXEMPLAR, metric, resource, scope);

        ReceivedExemplar read = reader.exemplar(frame, 0);

        NumberDataPoint point = metric.hasGauge()
                ? metric.getGauge().getDataPoints(0)
                : metric.getSum().getDataPoints(0);
        Exemplar exemplar = point.getExemplars(0);
        Map<String, Object> attributes = attributes(point.getAttributesList());
        attributes.putAll(attributes(exemplar.getFilteredAttributesList()));
        assertThat(read)
                .isEqualTo(new ReceivedExemplar(
                        metric.getName(),
                        metric.getUnit(),
                        exemplar.hasAsDouble() ? exemplar.getAsDouble() : exemplar.getAsInt(),
                        exemplar.getTimeUnixNano() != 0 ? exemplar.getTimeUnixNano() : ARRIVAL_MS * 1_000_000,
                        1,
                        attributes,
                        origin(resource, scope)));
    }

    private static Frame frame(int flags, MessageLite item, MessageLite resource, MessageLite scope) {
        FrameSet set = new FrameSet(1);
        set.start(Source.OTLP, Map.of("region", "eu"));
        byte[] resourceBytes = resource.toByteArray();
        byte[] scopeBytes = scope.toByteArray();
        byte[] bytes = item.toByteArray();
        int resourceNumber = set.resource(resourceBytes, 0, resourceBytes.length);
        int scopeNumber = set.scope(scopeBytes, 0, scopeBytes.length);
        set.add(0, 0, 1, 1, 2, flags, resourceNumber, scopeNumber, bytes, 0, bytes.length);
        AtomicReference<byte[]> frame = new AtomicReference<>();
        set.drain(0, 0, ARRIVAL_MS, (partition, drained) -> frame.set(drained));
        return Frame.of(frame.get());
    }

    private static Origin origin(Resource resource, InstrumentationScope scope) {
        return new Origin(
                attributes(resource.getAttributesList()), scope.getName(), Source.OTLP, Map.of("region", "eu"));
    }

    private static Map<String, Object> attributes(List<KeyValue> pairs) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (KeyValue pair : pairs) {
            value(pair.getValue()).ifPresent(value -> attributes.put(pair.getKey(), value));
        }
        return attributes;
    }

    private static Optional<Object> value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> Optional.of(value.getStringValue());
            case BOOL_VALUE -> Optional.of(value.getBoolValue());
            case INT_VALUE -> Optional.of(value.getIntValue());
            case DOUBLE_VALUE -> Optional.of(value.getDoubleValue());
            case BYTES_VALUE -> Optional.of(base64(value.getBytesValue()));
            case ARRAY_VALUE, KVLIST_VALUE -> Optional.of(text(tree(value)));
            default -> Optional.empty();
        };
    }

    private static Object tree(AnyValue value) {
        if (value.hasArrayValue()) {
            List<Object> elements = new ArrayList<>();
            value.getArrayValue().getValuesList().forEach(element -> elements.add(tree(element)));
            return elements;
        }
        if (value.hasKvlistValue()) {
            Map<String, Object> members = new LinkedHashMap<>();
            value.getKvlistValue().getValuesList().forEach(pair -> members.put(pair.getKey(), tree(pair.getValue())));
            return members;
        }
        return value(value).orElse(null);
    }

    private static String text(Object tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String hex(ByteString bytes) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < bytes.size(); i += 8) {
            hex.append(Hex.of(bytes.substring(i, i + 8).asReadOnlyByteBuffer().getLong()));
        }
        return hex.toString();
    }
}
