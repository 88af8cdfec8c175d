package dev.plait.sink.otlp;

import dev.plait.sink.delivery.MalformedRecord;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a backend takes of a data point's attributes, and of a span's age. A longer key or value is cut here, as the backend would
 * cut or drop it; a point with more attributes is refused, as leaving one out would make two series one.
 *
 * @param maxAttributes of a data point
 * @param maxKeyLength in characters
 * @param maxValueLength in characters
 * @param maxAgeMinutes of a span's end when it is sent; older ones are sent, and counted, as the backend drops them
 */
record ItemLimits(int maxAttributes, int maxKeyLength, int maxValueLength, long maxAgeMinutes) {
    static final ItemLimits NONE =
            new ItemLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
    static final ItemLimits DYNATRACE = new ItemLimits(50, 100, 255, 60);

    /** @throws MalformedRecord when a point has too many attributes */
    Item applied(Item item) {
        if (maxAttributes == Integer.MAX_VALUE || !(item.message() instanceof Metric metric)) {
            return item;
        }
        Metric.Builder limited = metric.toBuilder();
        switch (metric.getDataCase()) {
            case SUM -> number(limited.getSumBuilder().getDataPointsBuilder(0));
            case GAUGE -> number(limited.getGaugeBuilder().getDataPointsBuilder(0));
            case EXPONENTIAL_HISTOGRAM ->
                histogram(limited.getExponentialHistogramBuilder().getDataPointsBuilder(0));
            default -> throw new IllegalStateException("not made here: " + metric.getDataCase());
        }
        return new Item(item.signal(), item.resource(), item.scope(), limited.build());
    }

    /** Whether it is a span that ended too long before {@code nowEpochNanos} for the backend to keep it. */
    boolean isOld(Item item, long nowEpochNanos) {
        return maxAgeMinutes != Long.MAX_VALUE
                && item.message() instanceof Span span
                && nowEpochNanos - span.getEndTimeUnixNano() > TimeUnit.MINUTES.toNanos(maxAgeMinutes);
    }

    private void number(NumberDataPoint.Builder point) {
        List<KeyValue> cut = cut(point.getAttributesList());
        point.clearAttributes().addAllAttributes(cut);
    }

    private void histogram(ExponentialHistogramDataPoint.Builder point) {
        List<KeyValue> cut = cut(point.getAttributesList());
        point.clearAttributes().addAllAttributes(cut);
    }

    private List<KeyValue> cut(List<KeyValue> attributes) {
        if (attributes.size() > maxAttributes) {
            throw new MalformedRecord(
                    attributes.size() + " attributes of a data point, the backend takes " + maxAttributes);
        }
        return attributes.stream().map(this::cut).toList();
    }

    private KeyValue cut(KeyValue attribute) {
        String key = cut(attribute.getKey(), maxKeyLength);
        AnyValue value = attribute.getValue();
        if (value.hasStringValue() && value.getStringValue().length() > maxValueLength) {
            value = AnyValue.newBuilder()
                    .setStringValue(cut(value.getStringValue(), maxValueLength))
                    .build();
        }
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
