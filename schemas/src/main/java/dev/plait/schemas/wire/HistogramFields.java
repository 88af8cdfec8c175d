package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.ProtoReader.FIXED64;
import static dev.plait.schemas.wire.ProtoReader.LEN;
import static dev.plait.schemas.wire.ProtoReader.VARINT;

import dev.plait.schemas.model.PointValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The fields of one histogram point, explicit or exponential, as they come: repeated numbers packed or one by one, a bucket
 * message given twice is merged. Source: opentelemetry/proto/metrics/v1/metrics.proto.
 */
final class HistogramFields {
    private static final int COUNT = 4 << 3 | FIXED64;
    private static final int SUM = 5 << 3 | FIXED64;

    private static final int BUCKET_COUNTS = 6;
    private static final int EXPLICIT_BOUNDS = 7;

    private static final int SCALE = 6 << 3 | VARINT;
    private static final int ZERO_COUNT = 7 << 3 | FIXED64;
    private static final int POSITIVE = 8 << 3 | LEN;
    private static final int NEGATIVE = 9 << 3 | LEN;
    private static final int ZERO_THRESHOLD = 14 << 3 | FIXED64;
    private static final int OFFSET = 1 << 3 | VARINT;
    private static final int INDEXED_COUNTS = 2;

    private final SliceCursor buckets = new SliceCursor();
    private final ProtoReader packed = new ProtoReader();
    private final List<Double> bounds = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private final List<Long> positive = new ArrayList<>();
    private final List<Long> negative = new ArrayList<>();
    private long count;
    private double sum;
    private int scale;
    private long zeroCount;
    private double zeroThreshold;
    private int positiveOffset;
    private int negativeOffset;

    void clear() {
        bounds.clear();
        counts.clear();
        positive.clear();
        negative.clear();
        count = 0;
        sum = 0;
        scale = 0;
        zeroCount = 0;
        zeroThreshold = 0;
        positiveOffset = 0;
        negativeOffset = 0;
    }

    void explicitField(SliceCursor point) {
        int tag = point.tag();
        if (!common(point)) {
            switch (ProtoReader.field(tag)) {
                case BUCKET_COUNTS -> numbers(point, FIXED64, counts::add);
                case EXPLICIT_BOUNDS -> numbers(point, FIXED64, bits -> bounds.add(Double.longBitsToDouble(bits)));
                default -> {}
            }
        }
    }

    void exponentialField(SliceCursor point) {
        if (!common(point)) {
            switch (point.tag()) {
                case SCALE -> scale = zigzag(point.number());
                case ZERO_COUNT -> zeroCount = point.number();
                case ZERO_THRESHOLD -> zeroThreshold = Double.longBitsToDouble(point.number());
                case POSITIVE -> positiveOffset = buckets(point, positiveOffset, positive);
                case NEGATIVE -> negativeOffset = buckets(point, negativeOffset, negative);
                default -> {}
            }
        }
    }

    PointValue explicit() {
        return new PointValue.Histogram(count, sum, bounds, counts);
    }

    PointValue exponential() {
        return new PointValue.ExponentialHistogram(
                count,
                sum,
                scale,
                zeroCount,
                zeroThreshold,
                new PointValue.Buckets(positiveOffset, positive),
                new PointValue.Buckets(negativeOffset, negative));
    }

    private boolean common(SliceCursor point) {
        switch (point.tag()) {
            case COUNT -> count = point.number();
            case SUM -> sum = Double.longBitsToDouble(point.number());
            default -> {
                return false;
            }
        }
        return true;
    }

    private int buckets(SliceCursor point, int offsetBefore, List<Long> into) {
        int offset = offsetBefore;
        buckets.reset(point.bytes(), point.start(), point.length());
        while (buckets.next()) {
            if (buckets.tag() == OFFSET) {
                offset = zigzag(buckets.number());
            } else if (ProtoReader.field(buckets.tag()) == INDEXED_COUNTS) {
                numbers(buckets, VARINT, into::add);
            }
        }
        return offset;
    }

    /** A repeated number: one of them, or packed any number; where the packing breaks off it ends. */
    private void numbers(SliceCursor field, int wireType, LongConsumer into) {
        int found = ProtoReader.wireType(field.tag());
        if (found == wireType) {
            into.accept(field.number());
        } else if (found == LEN) {
            packed.reset(field.bytes(), field.start(), field.length());
            try {
                while (packed.hasNext()) {
                    into.accept(wireType == FIXED64 ? packed.fixed64() : packed.varint());
                }
            } catch (Malformed brokenOff) {
                packed.reset(field.bytes(), packed.end(), 0);
            }
        }
    }

    private static int zigzag(long number) {
        int bits = (int) number;
        return bits >>> 1 ^ -(bits & 1);
    }
}
