package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.ProtoReader.FIXED64;
import static dev.plait.schemas.wire.ProtoReader.LEN;

import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedExemplar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads the OTLP {@code Metric} that an exemplar travels in: a gauge or a sum with one number point with one exemplar. An
 * exemplar without a time has the frame's arrival. Source: opentelemetry/proto/metrics/v1/metrics.proto.
 */
final class ExemplarSlice {
    private static final int NAME = 1 << 3 | LEN;
    private static final int UNIT = 3 << 3 | LEN;
    private static final int GAUGE = 5 << 3 | LEN;
    private static final int SUM = 7 << 3 | LEN;

    private static final int POINT = 1 << 3 | LEN;
    private static final int POINT_EXEMPLAR = 5 << 3 | LEN;
    private static final int POINT_ATTRIBUTE = 7 << 3 | LEN;

    private static final int TIME = 2 << 3 | FIXED64;
    private static final int AS_DOUBLE = 3 << 3 | FIXED64;
    private static final int AS_INTEGER = 6 << 3 | FIXED64;
    private static final int ATTRIBUTE = 7 << 3 | LEN;

    private final SliceCursor metric = new SliceCursor();
    private final SliceCursor points = new SliceCursor();
    private final SliceCursor point = new SliceCursor();
    private final SliceCursor exemplar = new SliceCursor();
    private final TextCache texts;
    private final ValueReader values;

    private final Map<String, Object> pointAttributes = new LinkedHashMap<>();
    private final Map<String, Object> ownAttributes = new LinkedHashMap<>();
    private long time;
    private double value;

    ExemplarSlice(TextCache texts, ValueReader values) {
        this.texts = texts;
        this.values = values;
    }

    ReceivedExemplar read(Frame frame, int item, Origin origin) {
        String name = "";
        String unit = "";
        pointAttributes.clear();
        ownAttributes.clear();
        time = 0;
        value = 0;
        metric.reset(frame.body(), frame.offset(item), frame.length(item));
        while (metric.next()) {
            switch (metric.tag()) {
                case NAME -> name = texts.text(metric.bytes(), metric.start(), metric.length());
                case UNIT -> unit = texts.text(metric.bytes(), metric.start(), metric.length());
                case GAUGE, SUM -> points();
                default -> {}
            }
        }
        // the exemplar's own attributes are those that the point's leave out; were one in both, its own would be nearer
        pointAttributes.putAll(ownAttributes);
        return new ReceivedExemplar(
                name,
                unit,
                value,
                time != 0 ? time : TimeUnit.MILLISECONDS.toNanos(frame.arrivalMs()),
                frame.spanId(item),
                pointAttributes,
                origin);
    }

    private void points() {
        points.reset(metric.bytes(), metric.start(), metric.length());
        while (points.next()) {
            if (points.tag() == POINT) {
                point();
            }
        }
    }

    private void point() {
        point.reset(points.bytes(), points.start(), points.length());
        while (point.next()) {
            if (point.tag() == POINT_ATTRIBUTE) {
                values.attribute(point, pointAttributes);
            } else if (point.tag() == POINT_EXEMPLAR) {
                exemplar();
            }
        }
    }

    private void exemplar() {
        exemplar.reset(point.bytes(), point.start(), point.length());
        while (exemplar.next()) {
            switch (exemplar.tag()) {
                case TIME -> time = exemplar.number();
                case AS_DOUBLE -> value = Double.longBitsToDouble(exemplar.number());
                case AS_INTEGER -> value = exemplar.number();
                case ATTRIBUTE -> values.attribute(exemplar, ownAttributes);
                default -> {}
            }
        }
    }
}
