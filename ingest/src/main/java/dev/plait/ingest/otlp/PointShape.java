package dev.plait.ingest.otlp;

import dev.plait.schemas.wire.ProtoReader;

/**
 * Whether a well-formed metric point can be right. A number has a value, unless it says that none was recorded; a
 * histogram's bounds ascend and it has one count more than bounds, or neither; an exponential histogram's scale is one that
 * a double has use for. Source: OpenTelemetry metrics data model and metrics.proto.
 */
final class PointShape {
    /** Beyond it a bucket is narrower than a double resolves, below -11 one bucket holds every double. */
    static final int MAX_SCALE = 20;

    static final int MIN_SCALE = -11;

    private static final int NO_RECORDED_VALUE = 1;
    private static final int NUMBER_DOUBLE = 4;
    private static final int NUMBER_INT = 6;
    private static final int BUCKET_COUNTS = 6;
    private static final int EXPLICIT_BOUNDS = 7;
    private static final int SCALE = 6 << 3 | ProtoReader.VARINT;

    private final ProtoReader reader = new ProtoReader();
    private String complaint = "";

    /** What is wrong with the point that was not good. */
    String complaint() {
        return complaint;
    }

    boolean isGood(PointKind kind, byte[] bytes, int offset, int length) {
        reader.reset(bytes, offset, length);
        return switch (kind) {
            case GAUGE, SUM -> isNumber(kind);
            case HISTOGRAM -> isHistogram();
            case EXPONENTIAL_HISTOGRAM -> isExponential();
            case SUMMARY -> true;
        };
    }

    private boolean isNumber(PointKind kind) {
        boolean hasValue = false;
        long flags = 0;
        while (reader.hasNext()) {
            int tag = reader.tag();
            int field = ProtoReader.field(tag);
            if (field == kind.flags()) {
                flags = reader.varint();
            } else {
                hasValue |= field == NUMBER_DOUBLE || field == NUMBER_INT;
                reader.skip(tag);
            }
        }
        return hasValue || (flags & NO_RECORDED_VALUE) != 0 || complain("a number point without a value");
    }

    private boolean isHistogram() {
        int counts = 0;
        int bounds = 0;
        boolean ascending = true;
        double last = Double.NEGATIVE_INFINITY;
        while (reader.hasNext()) {
            int tag = reader.tag();
            int field = ProtoReader.field(tag);
            if (field == BUCKET_COUNTS) {
                int entries = entries(tag);
                reader.advance(entries * 8);
                counts += entries;
            } else if (field == EXPLICIT_BOUNDS) {
                for (int left = entries(tag); left > 0; left--) {
                    double bound = Double.longBitsToDouble(reader.fixed64());
                    ascending &= bound > last || bounds == 0 && bound == last;
                    last = bound;
                    bounds++;
                }
            } else {
                reader.skip(tag);
            }
        }
        complaint =
                ascending ? counts + " bucket counts for " + bounds + " bounds" : "histogram bounds that do not ascend";
        return ascending && (counts == bounds + 1 || counts == 0 && bounds == 0);
    }

    /** Number of eight-byte entries that follow: packed in one field, or one by one. */
    private int entries(int tag) {
        return ProtoReader.wireType(tag) == ProtoReader.LEN ? reader.length() / 8 : 1;
    }

    private boolean isExponential() {
        long scale = 0;
        while (reader.hasNext()) {
            int tag = reader.tag();
            if (tag == SCALE) {
                long zigzag = reader.varint() & 0xffffffffL;
                scale = zigzag >>> 1 ^ -(zigzag & 1);
            } else {
                reader.skip(tag);
            }
        }
        return scale >= MIN_SCALE && scale <= MAX_SCALE || complain("exponential histogram scale " + scale);
    }

    private boolean complain(String about) {
        complaint = about;
        return false;
    }
}
