package dev.plait.ingest.otlp;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.wire.ProtoReader;

/**
 * Reads one OTLP Metric: hands over its exemplars that name a trace, counts the points that have none, and refuses points
 * whose shape cannot be right, each alone. Metrics are checked whole before they are read, so reading meets no surprises.
 *
 * <p>Item numbers of a metrics record are those of its metrics; several refusals may name the same one.
 */
final class MetricScanner implements ItemScanner {
    private static final int NAME = 1 << 3 | ProtoReader.LEN;
    private static final int UNIT = 3 << 3 | ProtoReader.LEN;
    private static final int POINTS = 1 << 3 | ProtoReader.LEN;

    private final ProtoReader reader = new ProtoReader();
    private final ProtoReader pointList = new ProtoReader();
    private final StructureCheck check = new StructureCheck();
    private final PointScanner points;
    private int content;
    private int contentFrom;

    MetricScanner(Redaction redaction) {
        points = new PointScanner(redaction);
    }

    @Override
    public void scan(byte[] bytes, int offset, int length, RecordScan record) {
        check.clear();
        check.message(OtlpSchema.METRIC, bytes, offset, length);
        if (check.tooDeepAt() != StructureCheck.NONE) {
            record.reject(Reason.TOO_DEEP, StructureCheck.TOO_DEEP, check.tooDeepAt());
            return;
        }
        if (check.badUtf8At() != StructureCheck.NONE) {
            record.reject(Reason.BAD_UTF8, "text of the metric is not UTF-8", check.badUtf8At());
            return;
        }
        findContent(bytes, offset, length);
        if (content == 0) {
            record.reject(Reason.BAD_METRIC, "a metric with no points of a known kind", offset);
            return;
        }
        int plain = 0;
        points.startPoints(PointKind.of(content), contentFrom, offset + length - contentFrom, record);
        reader.reset(bytes, contentFrom, offset + length - contentFrom);
        while (reader.hasNext()) {
            int tag = reader.tag();
            if (ProtoReader.field(tag) == content) {
                int size = reader.length();
                plain += scanPoints(bytes, reader.position(), size, record);
                reader.advance(size);
            } else {
                reader.skip(tag);
            }
        }
        record.points(plain);
    }

    /**
     * Which kind of points the metric has, and from where on: of several kinds the last one counts and forgets the others,
     * the same kind in a row is merged.
     */
    private void findContent(byte[] bytes, int offset, int length) {
        content = 0;
        contentFrom = offset;
        points.startMetric(bytes);
        reader.reset(bytes, offset, length);
        while (reader.hasNext()) {
            int at = reader.position();
            int tag = reader.tag();
            int field = ProtoReader.field(tag);
            if (tag == NAME || tag == UNIT) {
                int size = reader.length();
                points.text(field, reader.position(), size);
                reader.advance(size);
                continue;
            }
            if (PointKind.isOne(field) && field != content) {
                content = field;
                contentFrom = at;
            }
            reader.skip(tag);
        }
    }

    private int scanPoints(byte[] bytes, int offset, int length, RecordScan record) {
        PointKind kind = PointKind.of(content);
        int plain = 0;
        pointList.reset(bytes, offset, length);
        while (pointList.hasNext()) {
            int tag = pointList.tag();
            if (tag == POINTS) {
                int size = pointList.length();
                plain += points.scan(kind, pointList.position(), size, record) ? 1 : 0;
                pointList.advance(size);
            } else {
                pointList.skip(tag);
            }
        }
        return plain;
    }
}
