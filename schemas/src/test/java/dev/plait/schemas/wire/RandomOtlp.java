package dev.plait.schemas.wire;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random OTLP messages with every field that there is, at random set or not; keys of attributes are distinct. */
final class RandomOtlp {
    private final Random random;
    private final int maxText;
    private final int maxElements;

    RandomOtlp(long seed) {
        this(seed, 40, 6);
    }

    RandomOtlp(long seed, int maxText, int maxElements) {
        this.random = new Random(seed);
        this.maxText = maxText;
        this.maxElements = maxElements;
    }

    Span span() {
        Span.Builder span = Span.newBuilder()
                .setTraceId(bytes(16))
                .setSpanId(bytes(8))
                .setParentSpanId(some() ? bytes(8) : ByteString.EMPTY)
                .setTraceState(text())
                .setFlags(random.nextInt())
                .setName(text())
                .setKindValue(random.nextInt(6))
                .setStartTimeUnixNano(time())
                .setEndTimeUnixNano(time())
                .addAllAttributes(attributes())
                .setDroppedAttributesCount(random.nextInt(3));
        for (int i = random.nextInt(4); i > 0; i--) {
            span.addEvents(Span.Event.newBuilder()
                    .setName(text())
                    .setTimeUnixNano(time())
                    .addAllAttributes(attributes()));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            span.addLinks(Span.Link.newBuilder()
                    .setTraceId(bytes(some() ? 16 : 3))
                    .setSpanId(bytes(some() ? 8 : 0))
                    .setFlags(1)
                    .addAllAttributes(attributes()));
        }
        if (some()) {
            span.setStatus(Status.newBuilder().setCodeValue(random.nextInt(3)).setMessage(text()));
        }
        return span.build();
    }

    LogRecord log() {
        LogRecord.Builder log = LogRecord.newBuilder()
                .setTimeUnixNano(time())
                .setObservedTimeUnixNano(time())
                .setSeverityNumber(SeverityNumber.forNumber(random.nextInt(25)))
                .setSeverityText(text())
                .addAllAttributes(attributes())
                .setFlags(random.nextInt())
                .setTraceId(bytes(16))
                .setSpanId(bytes(8))
                .setEventName(some() ? text() : "");
        if (some()) {
            log.setBody(value(3));
        }
        return log.build();
    }

    Metric metric() {
        Exemplar.Builder exemplar = Exemplar.newBuilder()
                .setTimeUnixNano(time())
                .setTraceId(bytes(16))
                .setSpanId(bytes(8))
                .addAllFilteredAttributes(attributes());
        if (some()) {
            exemplar.setAsDouble(number());
        } else {
            exemplar.setAsInt(random.nextInt());
        }
        NumberDataPoint point = NumberDataPoint.newBuilder()
                .setAsDouble(number())
                .addAllAttributes(attributes())
                .addExemplars(exemplar)
                .build();
        Metric.Builder metric =
                Metric.newBuilder().setName(text()).setUnit(text()).setDescription(text());
        return some()
                ? metric.setGauge(Gauge.newBuilder().addDataPoints(point)).build()
                : metric.setSum(Sum.newBuilder().setIsMonotonic(true).addDataPoints(point))
                        .build();
    }

    Resource resource() {
        return Resource.newBuilder()
                .addAllAttributes(attributes())
                .setDroppedAttributesCount(1)
                .build();
    }

    InstrumentationScope scope() {
        return InstrumentationScope.newBuilder()
                .setName(text())
                .setVersion(text())
                .addAllAttributes(attributes())
                .build();
    }

    private List<KeyValue> attributes() {
        List<KeyValue> attributes = new ArrayList<>();
        for (int i = random.nextInt(maxElements); i > 0; i--) {
            KeyValue.Builder attribute = KeyValue.newBuilder().setKey(i + text());
            if (random.nextInt(10) > 0) {
                attribute.setValue(value(3));
            }
            attributes.add(attribute.build());
        }
        return attributes;
    }

    private AnyValue value(int depth) {
        AnyValue.Builder value = AnyValue.newBuilder();
        switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> value.setIntValue(random.nextLong());
            case 1 -> value.setDoubleValue(number());
            case 2 -> value.setBoolValue(some());
            case 3 -> value.setBytesValue(bytes(random.nextInt(20)));
            case 4 -> {}
            case 6 -> {
                ArrayValue.Builder array = ArrayValue.newBuilder();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.addValues(value(depth - 1));
                }
                value.setArrayValue(array);
            }
            case 7 -> {
                KeyValueList.Builder map = KeyValueList.newBuilder();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.addValues(KeyValue.newBuilder().setKey(i + text()).setValue(value(depth - 1)));
                }
                value.setKvlistValue(map);
            }
            default -> value.setStringValue(text());
        }
        return value.build();
    }

    private double number() {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> -0.0;
            case 3 -> random.nextInt(100);
            default -> random.nextGaussian() * 1e6;
        };
    }

    private long time() {
        return random.nextInt(5) == 0 ? 0 : random.nextLong();
    }

    private boolean some() {
        return random.nextBoolean();
    }

    /** Of one to four bytes a character, with what JSON escapes among them. */
    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxText); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(12)) {
                        case 0 -> 0xe9;
                        case 1 -> 0x20ac;
                        case 2 -> 0x1f600;
                        case 3 -> '"';
                        case 4 -> random.nextInt(0x20);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }

    private ByteString bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }
}
