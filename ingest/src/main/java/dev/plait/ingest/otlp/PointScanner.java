package dev.plait.ingest.otlp;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.ProtoReader;
import dev.plait.schemas.wire.ProtoWriter;

/**
 * Reads one metric point that is known to be well formed, and makes an item of each exemplar that names a trace: an OTLP
 * Metric with name, unit and one gauge point that has the attributes of the point it came from, and the exemplar's time and
 * value. So an exemplar is read like any metric, and equal ones, sent again with every export, are equal bytes.
 */
final class PointScanner {
    private static final int NAME = 1;
    private static final int UNIT = 3;
    private static final int GAUGE = 5;
    private static final int POINT = 1;
    private static final int POINT_TIME = 3;
    private static final int POINT_DOUBLE = 4;
    private static final int POINT_EXEMPLAR = 5;
    private static final int POINT_INT = 6;
    private static final int POINT_ATTRIBUTES = 7;

    private static final int TIME = 2 << 3 | ProtoReader.FIXED64;
    private static final int AS_DOUBLE = 3 << 3 | ProtoReader.FIXED64;
    private static final int SPAN_ID = 4 << 3 | ProtoReader.LEN;
    private static final int TRACE_ID = 5 << 3 | ProtoReader.LEN;
    private static final int AS_INT = 6 << 3 | ProtoReader.FIXED64;

    private final PointShape shape = new PointShape();
    private final ProtoReader reader = new ProtoReader();
    private final ProtoReader exemplar = new ProtoReader();
    private final ProtoReader attributes = new ProtoReader();
    private final ProtoWriter item = new ProtoWriter();
    private final IdSlot traceId = new IdSlot();
    private final IdSlot spanId = new IdSlot();
    private final SliceMask mask;
    private final WantedPoints wanted;
    private byte[] bytes = new byte[0];
    private int nameOffset;
    private int nameLength;
    private int unitOffset;
    private int unitLength;
    private long timeNanos;
    private long value;
    private int valueTag;
    private boolean isWanted;

    PointScanner(Redaction redaction) {
        mask = new SliceMask(redaction);
        wanted = new WantedPoints(mask);
    }

    /** Starts a metric without name and unit. */
    void startMetric(byte[] in) {
        bytes = in;
        nameOffset = 0;
        nameLength = 0;
        unitOffset = 0;
        unitLength = 0;
        isWanted = false;
    }

    /** The metric's name or unit, by its field number. */
    void text(int field, int offset, int length) {
        if (field == NAME) {
            nameOffset = offset;
            nameLength = length;
        } else {
            unitOffset = offset;
            unitLength = length;
        }
    }

    /** The metric is known, whose points follow: asks whether they are wanted. */
    void startPoints(PointKind kind, int offset, int length, RecordScan record) {
        isWanted = kind != PointKind.SUMMARY && record.wantsMetric(bytes, nameOffset, nameLength);
        if (isWanted) {
            wanted.start(kind, bytes, offset, length);
            wanted.named(nameOffset, nameLength, unitOffset, unitLength, record);
        }
    }

    /** Reads a point; answers whether it is a good one of which no exemplar became an item. */
    boolean scan(PointKind kind, int offset, int length, RecordScan record) {
        if (!shape.isGood(kind, bytes, offset, length)) {
            record.reject(Reason.BAD_METRIC, shape.complaint(), offset);
            return false;
        }
        if (isWanted) {
            wanted.point(offset, length, record);
        }
        int items = 0;
        reader.reset(bytes, offset, length);
        while (reader.hasNext()) {
            int tag = reader.tag();
            if (ProtoReader.field(tag) == kind.exemplars()) {
                int size = reader.length();
                items += scanExemplar(kind, offset, length, reader.position(), size, record) ? 1 : 0;
                reader.advance(size);
            } else {
                reader.skip(tag);
            }
        }
        return items == 0;
    }

    private boolean scanExemplar(
            PointKind kind, int pointOffset, int pointLength, int offset, int length, RecordScan record) {
        readExemplar(offset, length);
        if (traceId.isAbsent()) {
            return false;
        }
        if (!traceId.isTraceId()) {
            record.reject(
                    Reason.BAD_ID,
                    "Bad ID: the trace ID of an exemplar is not 16 bytes, or zero, before byte " + offset,
                    offset);
            return false;
        }
        if (valueTag == 0) {
            record.reject(Reason.BAD_METRIC, "an exemplar without a value", offset);
            return false;
        }
        write(kind, pointOffset, pointLength, offset, length);
        record.item(
                traceId.high(),
                traceId.low(),
                spanId.isSpanId() ? spanId.low() : 0,
                ContentHash.of(item.bytes(), 0, item.size(), record.resource().hash()),
                ItemFlags.EXEMPLAR,
                mask.metric(item));
        return true;
    }

    private void readExemplar(int offset, int length) {
        traceId.clear();
        spanId.clear();
        timeNanos = 0;
        valueTag = 0;
        exemplar.reset(bytes, offset, length);
        while (exemplar.hasNext()) {
            int tag = exemplar.tag();
            switch (tag) {
                case TIME -> timeNanos = exemplar.fixed64();
                case AS_DOUBLE, AS_INT -> {
                    value = exemplar.fixed64();
                    valueTag = tag;
                }
                case SPAN_ID -> spanId.read(exemplar);
                case TRACE_ID -> traceId.read(exemplar);
                default -> exemplar.skip(tag);
            }
        }
    }

    private void write(PointKind kind, int pointOffset, int pointLength, int offset, int length) {
        item.clear();
        item.bytes(NAME, bytes, nameOffset, nameLength);
        item.bytes(UNIT, bytes, unitOffset, unitLength);
        int gauge = item.begin(GAUGE);
        int point = item.begin(POINT);
        attributes.reset(bytes, pointOffset, pointLength);
        while (attributes.hasNext()) {
            int tag = attributes.tag();
            if (ProtoReader.field(tag) == kind.attributes()) {
                int size = attributes.length();
                item.bytes(POINT_ATTRIBUTES, bytes, attributes.position(), size);
                attributes.advance(size);
            } else {
                attributes.skip(tag);
            }
        }
        item.fixed64(POINT_TIME, timeNanos);
        item.fixed64(valueTag == AS_DOUBLE ? POINT_DOUBLE : POINT_INT, value);
        item.bytes(POINT_EXEMPLAR, bytes, offset, length);
        item.end(point);
        item.end(gauge);
    }
}
