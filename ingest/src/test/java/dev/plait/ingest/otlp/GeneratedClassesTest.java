package dev.plait.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.plait.ingest.Decoder;
import dev.plait.ingest.RecordingSink;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.ProtoWriter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the scanners find is what the generated classes find, in both encodings; jqwik prints the seed of a failure. */
class GeneratedClassesTest {
    @Property(tries = 300)
    void spans_areThoseOfTheGeneratedClasses(@ForAll long seed) {
        ExportTraceServiceRequest request = new RandomRequests(seed).traces();
        List<Span> all = new ArrayList<>();
        List<Resource> resources = new ArrayList<>();
        for (ResourceSpans group : request.getResourceSpansList()) {
            for (ScopeSpans scope : group.getScopeSpansList()) {
                all.addAll(scope.getSpansList());
                scope.getSpansList().forEach(span -> resources.add(group.getResource()));
            }
        }

        for (RecordingSink found : decoded(OtlpDecoder.traces(), OtlpDecoder.traces(), request)) {
            List<RecordingSink.Item> items = found.items();
            int next = 0;
            for (int i = 0; i < all.size(); i++) {
                Span span = all.get(i);
                if (!isId(span.getTraceId(), 16) || !isId(span.getSpanId(), 8)) {
                    int number = i;
                    assertThat(found.rejected()).anyMatch(bad -> bad.item() == number);
                    continue;
                }
                RecordingSink.Item item = items.get(next++);
                if (isComparable(span)) {
                    assertThat(parsed(Span.parser(), item.bytes())).isEqualTo(span);
                }
                assertThat(parsed(Resource.parser(), item.resource())).isEqualTo(resources.get(i));
                assertThat(item.traceHigh()).isEqualTo(bits(span.getTraceId(), 0));
                assertThat(item.traceLow()).isEqualTo(bits(span.getTraceId(), 8));
                assertThat(item.spanId()).isEqualTo(bits(span.getSpanId(), 0));
                long parent = span.getParentSpanId().size() == 8 ? bits(span.getParentSpanId(), 0) : 0;
                assertThat(item.parentOrHash()).isEqualTo(parent);
                assertThat(ItemFlags.has(item.flags(), ItemFlags.ROOT)).isEqualTo(parent == 0);
                assertThat(ItemFlags.has(item.flags(), ItemFlags.ENDED)).isEqualTo(span.getEndTimeUnixNano() != 0);
                int kind = span.getKindValue();
                assertThat(ItemFlags.kind(item.flags())).isEqualTo(kind >= 1 && kind <= 5 ? kind : 1);
            }
            assertThat(items).hasSize(next);
            assertThat(found.rejected()).hasSize(all.size() - next);
        }
    }

    @Property(tries = 200)
    void logs_areThoseOfTheGeneratedClasses(@ForAll long seed) {
        ExportLogsServiceRequest request = new RandomRequests(seed).logs();
        List<LogRecord> all = request.getResourceLogsList().stream()
                .flatMap(group -> group.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream())
                .toList();

        for (RecordingSink found : decoded(OtlpDecoder.logs(), OtlpDecoder.logs(), request)) {
            assertThat(found.items()).hasSameSizeAs(all);
            for (int i = 0; i < all.size(); i++) {
                LogRecord log = all.get(i);
                RecordingSink.Item item = found.items().get(i);
                boolean traced = isId(log.getTraceId(), 16);
                assertThat(item.traceLow()).isEqualTo(traced ? bits(log.getTraceId(), 8) : 0);
                assertThat(item.spanId()).isEqualTo(isId(log.getSpanId(), 8) ? bits(log.getSpanId(), 0) : 0);
                assertThat(ItemFlags.signal(item.flags())).isEqualTo(ItemFlags.LOG);
                if (isGoodOrAbsent(log.getTraceId(), 16) && isGoodOrAbsent(log.getSpanId(), 8)) {
                    assertThat(parsed(LogRecord.parser(), item.bytes())).isEqualTo(log);
                }
            }
        }
    }

    @Property(tries = 200)
    void exemplars_areThoseOfTheGeneratedClasses(@ForAll long seed) {
        ExportMetricsServiceRequest request = new RandomRequests(seed).metrics();
        List<Exemplar> expected = new ArrayList<>();
        int points = 0;
        int refused = 0;
        for (Metric metric : metrics(request)) {
            for (var point : metric.getGauge().getDataPointsList()) {
                boolean good = point.getValueCase() != NumberDataPoint.ValueCase.VALUE_NOT_SET || point.getFlags() == 1;
                refused += good ? 0 : 1;
                points += good ? plain(point.getExemplarsList(), expected) : 0;
                refused += good ? refused(point.getExemplarsList()) : 0;
            }
            for (var point : metric.getExponentialHistogram().getDataPointsList()) {
                boolean good = point.getScale() >= PointShape.MIN_SCALE && point.getScale() <= PointShape.MAX_SCALE;
                refused += good ? 0 : 1;
                points += good ? plain(point.getExemplarsList(), expected) : 0;
                refused += good ? refused(point.getExemplarsList()) : 0;
            }
        }

        RecordingSink found = new RecordingSink();
        assertThat(OtlpDecoder.metrics().decode(request.toByteArray(), found)).isEmpty();
        RecordingSink json = new RecordingSink();
        assertThat(OtlpDecoder.metrics().decode(json(request), json)).isEmpty();

        assertThat(found.items()).extracting(item -> onlyExemplar(item.bytes())).isEqualTo(expected);
        assertThat(found.points()).isEqualTo(points);
        assertThat(found.rejected()).hasSize(refused);
        assertThat(json.items()).hasSameSizeAs(expected);
        assertThat(json.points()).isEqualTo(points);
        assertThat(json.rejected()).hasSize(refused);
    }

    /** Fields of every message in any order: the last scalar wins, messages are merged. */
    @Property(tries = 200)
    void mergedSpans_areThoseOfTheGeneratedClasses(@ForAll long seed) throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        ByteString bytes = ByteString.EMPTY;
        for (int i = 0; i < 3; i++) {
            ExportTraceServiceRequest part = new RandomRequests(random.nextLong()).traces();
            for (ResourceSpans group : part.getResourceSpansList()) {
                for (ScopeSpans scope : group.getScopeSpansList()) {
                    for (Span span : scope.getSpansList()) {
                        bytes = bytes.concat(span.toByteString());
                    }
                }
            }
        }
        Span merged = Span.parseFrom(bytes);
        ByteString scope = ByteString.copyFrom(delimited(2, bytes));
        byte[] request = delimited(1, ByteString.copyFrom(delimited(2, scope)));
        RecordingSink found = new RecordingSink();

        assertThat(OtlpDecoder.traces().decode(request, found)).isEmpty();

        if (isId(merged.getTraceId(), 16) && isId(merged.getSpanId(), 8)) {
            RecordingSink.Item item = found.onlyItem();
            assertThat(parsed(Span.parser(), item.bytes())).isEqualTo(merged);
            assertThat(item.traceLow()).isEqualTo(bits(merged.getTraceId(), 8));
            assertThat(ItemFlags.has(item.flags(), ItemFlags.ENDED)).isEqualTo(merged.getEndTimeUnixNano() != 0);
            if (merged.getStatus().getCodeValue() == 2) {
                assertThat(ItemFlags.has(item.flags(), ItemFlags.ERROR)).isTrue();
            }
        } else {
            assertThat(found.rejected()).hasSize(1);
        }
    }

    private static List<RecordingSink> decoded(Decoder protobuf, Decoder json, Message request) {
        RecordingSink fromProtobuf = new RecordingSink();
        RecordingSink fromJson = new RecordingSink();
        assertThat(protobuf.decode(request.toByteArray(), fromProtobuf)).isEmpty();
        assertThat(json.decode(json(request), fromJson)).isEmpty();
        return List.of(fromProtobuf, fromJson);
    }

    private static byte[] json(Message request) {
        return OtlpJson.of(request).getBytes(StandardCharsets.UTF_8);
    }

    /** An ID that is none is not carried through JSON as it was. */
    private static boolean isComparable(Span span) {
        return isGoodOrAbsent(span.getParentSpanId(), 8)
                && span.getLinksList().stream()
                        .allMatch(link -> isGoodOrAbsent(link.getTraceId(), 16) && isGoodOrAbsent(link.getSpanId(), 8));
    }

    private static boolean isGoodOrAbsent(ByteString id, int length) {
        return id.isEmpty() || id.size() == length;
    }

    private static boolean isId(ByteString id, int length) {
        return id.size() == length && bits(id, length - 8) != 0;
    }

    private static long bits(ByteString id, int offset) {
        return ByteBuffer.wrap(id.toByteArray()).getLong(offset);
    }

    private static List<Metric> metrics(ExportMetricsServiceRequest request) {
        return request.getResourceMetricsList().stream()
                .flatMap(group -> group.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .toList();
    }

    private static int plain(List<Exemplar> exemplars, List<Exemplar> usable) {
        int before = usable.size();
        exemplars.stream().filter(one -> isId(one.getTraceId(), 16)).forEach(usable::add);
        return usable.size() == before ? 1 : 0;
    }

    private static int refused(List<Exemplar> exemplars) {
        return (int) exemplars.stream()
                .filter(one -> !one.getTraceId().isEmpty() && !isId(one.getTraceId(), 16))
                .count();
    }

    private static Exemplar onlyExemplar(ByteString metric) {
        return parsed(Metric.parser(), metric).getGauge().getDataPoints(0).getExemplars(0);
    }

    private static byte[] delimited(int field, ByteString value) {
        ProtoWriter writer = new ProtoWriter();
        writer.bytes(field, value.toByteArray(), 0, value.size());
        return writer.toByteArray();
    }

    private static <T> T parsed(Parser<T> parser, ByteString bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
