package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.ProtoReader.FIXED64;
import static dev.plait.schemas.wire.ProtoReader.LEN;
import static dev.plait.schemas.wire.ProtoReader.VARINT;

import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.PointValue;
import dev.plait.schemas.model.ReceivedPoint;
import dev.plait.schemas.model.ReceivedPoint.Kind;
import dev.plait.schemas.model.ReceivedPoint.Temporality;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the OTLP {@code Metric} that a point travels in: its name, its unit and that one point. What is no point, or one whose
 * bytes were dropped, is a gauge that is not a number. Source: opentelemetry/proto/metrics/v1/metrics.proto.
 */
final class PointSlice {
    private static final int NAME = 1 << 3 | LEN;
    private static final int UNIT = 3 << 3 | LEN;
    private static final int GAUGE = 5 << 3 | LEN;
    private static final int SUM = 7 << 3 | LEN;
    private static final int HISTOGRAM = 9 << 3 | LEN;
    private static final int EXPONENTIAL = 10 << 3 | LEN;

    private static final int POINT = 1 << 3 | LEN;
    private static final int TEMPORALITY = 2 << 3 | VARINT;
    private static final int MONOTONIC = 3 << 3 | VARINT;

    private static final int START = 2 << 3 | FIXED64;
    private static final int TIME = 3 << 3 | FIXED64;
    private static final int AS_DOUBLE = 4 << 3 | FIXED64;
    private static final int AS_INTEGER = 6 << 3 | FIXED64;
    private static final int NUMBER_ATTRIBUTE = 7 << 3 | LEN;
    private static final int HISTOGRAM_ATTRIBUTE = 9 << 3 | LEN;
    private static final int EXPONENTIAL_ATTRIBUTE = 1 << 3 | LEN;

    private final SliceCursor metric = new SliceCursor();
    private final SliceCursor points = new SliceCursor();
    private final SliceCursor point = new SliceCursor();
    private final HistogramFields histogram = new HistogramFields();
    private final TextCache texts;
    private final ValueReader values;

    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private Kind kind = Kind.GAUGE;
    private Temporality temporality = Temporality.UNSPECIFIED;
    private boolean monotonic;
    private PointValue number = new PointValue.Real(Double.NaN);
    private long start;
    private long time;

    PointSlice(TextCache texts, ValueReader values) {
        this.texts = texts;
        this.values = values;
    }

    ReceivedPoint read(Frame frame, int item, Origin origin) {
        clear();
        String name = "";
        String unit = "";
        metric.reset(frame.body(), frame.offset(item), frame.length(item));
        while (metric.next()) {
            switch (metric.tag()) {
                case NAME -> name = texts.text(metric.bytes(), metric.start(), metric.length());
                case UNIT -> unit = texts.text(metric.bytes(), metric.start(), metric.length());
                case GAUGE -> points(Kind.GAUGE, NUMBER_ATTRIBUTE);
                case SUM -> points(Kind.SUM, NUMBER_ATTRIBUTE);
                case HISTOGRAM -> points(Kind.HISTOGRAM, HISTOGRAM_ATTRIBUTE);
                case EXPONENTIAL -> points(Kind.EXPONENTIAL_HISTOGRAM, EXPONENTIAL_ATTRIBUTE);
                default -> {}
            }
        }
        return new ReceivedPoint(name, unit, kind, temporality, monotonic, start, time, value(), attributes, origin);
    }

    private void clear() {
        attributes.clear();
        histogram.clear();
        kind = Kind.GAUGE;
        temporality = Temporality.UNSPECIFIED;
        monotonic = false;
        number = new PointValue.Real(Double.NaN);
        start = 0;
        time = 0;
    }

    private PointValue value() {
        return switch (kind) {
            case SUM, GAUGE -> number;
            case HISTOGRAM -> histogram.explicit();
            case EXPONENTIAL_HISTOGRAM -> histogram.exponential();
        };
    }

    private void points(Kind found, int attributeTag) {
        kind = found;
        points.reset(metric.bytes(), metric.start(), metric.length());
        while (points.next()) {
            switch (points.tag()) {
                case POINT -> point(attributeTag);
                case TEMPORALITY -> temporality = temporality(points.number());
                case MONOTONIC -> monotonic = kind == Kind.SUM && points.number() != 0;
                default -> {}
            }
        }
    }

    private Temporality temporality(long number) {
        if (kind == Kind.GAUGE) {
            return Temporality.UNSPECIFIED;
        }
        return number == 1 ? Temporality.DELTA : number == 2 ? Temporality.CUMULATIVE : Temporality.UNSPECIFIED;
    }

    private void point(int attributeTag) {
        point.reset(points.bytes(), points.start(), points.length());
        while (point.next()) {
            int tag = point.tag();
            if (tag == attributeTag) {
                values.attribute(point, attributes);
            } else if (tag == START) {
                start = point.number();
            } else if (tag == TIME) {
                time = point.number();
            } else {
                field(tag);
            }
        }
    }

    private void field(int tag) {
        switch (kind) {
            case SUM, GAUGE -> {
                if (tag == AS_DOUBLE) {
                    number = new PointValue.Real(Double.longBitsToDouble(point.number()));
                } else if (tag == AS_INTEGER) {
                    number = new PointValue.Whole(point.number());
                }
            }
            case HISTOGRAM -> histogram.explicitField(point);
            case EXPONENTIAL_HISTOGRAM -> histogram.exponentialField(point);
        }
    }
}
