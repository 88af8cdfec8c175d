package dev.plait.ingest.otlp;

import dev.plait.schemas.wire.ProtoReader;
import dev.plait.schemas.wire.ProtoWriter;

/**
 * Hands over the points of one metric that somebody counts: each as an OTLP Metric with name, unit, temporality and that point
 * alone, under a hash of its stream. Bytes are known to be well formed. A stream is what OTLP says it is: resource, scope,
 * name, unit, kind, temporality and attributes, in whatever order an exporter writes them. Source: OpenTelemetry metrics data
 * model, section "OpenTelemetry protocol data model".
 */
final class WantedPoints {
    /** A larger point cannot be a counter of requests: 4096 explicit buckets fit. It is counted as {@code oversized_point}. */
    static final int MAX_POINT_BYTES = 64 * 1024;

    private static final int NAME = 1;
    private static final int UNIT = 3;
    private static final int POINT = 1;
    private static final int TEMPORALITY = 2;
    private static final int MONOTONIC = 3;
    private static final long NO_RECORDED_VALUE = 1;

    /** The fields of attributes; name and version of a scope come before them. */
    private static final int RESOURCE_ATTRIBUTES = 1;

    private static final int SCOPE_ATTRIBUTES = 3;

    private final IdentityHash hashes = new IdentityHash();
    private final ProtoReader outer = new ProtoReader();
    private final ProtoReader inner = new ProtoReader();
    private final ProtoWriter item = new ProtoWriter();
    private final SliceMask mask;
    private PointKind kind = PointKind.GAUGE;
    private byte[] bytes = new byte[0];
    private int headLength;
    private long temporality;
    private long monotonic;
    private long family;

    /** {@code mask} covers what is handed over; streams are told apart by what came. */
    WantedPoints(SliceMask mask) {
        this.mask = mask;
    }

    /** Starts a metric whose points are of {@code kind} and lie, with their temporality, in {@code [offset, offset + length)}. */
    void start(PointKind kind, byte[] in, int offset, int length) {
        this.kind = kind;
        bytes = in;
        temporality = 0;
        monotonic = 0;
        outer.reset(in, offset, length);
        while (outer.hasNext()) {
            int tag = outer.tag();
            if (ProtoReader.field(tag) == kind.metricField()) {
                int size = outer.length();
                readTemporality(outer.position(), size);
                outer.advance(size);
            } else {
                outer.skip(tag);
            }
        }
    }

    /** Who sends it under which name, known after {@link #start} and before the first point. */
    void named(int nameOffset, int nameLength, int unitOffset, int unitLength, RecordScan record) {
        item.clear();
        item.bytes(NAME, bytes, nameOffset, nameLength);
        item.bytes(UNIT, bytes, unitOffset, unitLength);
        headLength = item.size();
        long sender = record.resource().identity(hashes, RESOURCE_ATTRIBUTES)
                + Long.rotateLeft(record.scope().identity(hashes, SCOPE_ATTRIBUTES), 32);
        long kinds = (kind.metricField() * 4L + (temporality & 3)) * 2 + monotonic;
        long name = ContentHash.of(bytes, nameOffset, nameLength, sender);
        family = notZero(ContentHash.of(bytes, unitOffset, unitLength, name + kinds));
    }

    /** Hands a good point over, unless it says that it recorded no value. */
    void point(int offset, int length, RecordScan record) {
        item.truncate(headLength);
        int points = item.begin(kind.metricField());
        int point = item.begin(POINT);
        long attributes = 0;
        long flags = 0;
        inner.reset(bytes, offset, length);
        while (inner.hasNext()) {
            int from = inner.position();
            int tag = inner.tag();
            int field = ProtoReader.field(tag);
            if (field == kind.attributes()) {
                int size = inner.length();
                attributes += hashes.attribute(bytes, inner.position(), size);
                inner.advance(size);
            } else if (field == kind.flags()) {
                flags = inner.varint();
                continue;
            } else {
                inner.skip(tag);
            }
            if (field != kind.exemplars()) {
                item.raw(bytes, from, inner.position() - from);
            }
        }
        if ((flags & NO_RECORDED_VALUE) != 0) {
            return;
        }
        item.end(point);
        if (temporality != 0) {
            item.varint(TEMPORALITY, temporality);
        }
        if (monotonic != 0) {
            item.varint(MONOTONIC, monotonic);
        }
        item.end(points);
        if (item.size() > MAX_POINT_BYTES) {
            record.normalised(Normalised.OVERSIZED_POINT);
            return;
        }
        record.point(family, notZero(stream(attributes)), mask.metric(item));
    }

    /** Of several the last one counts, as in any protobuf message. */
    private void readTemporality(int offset, int length) {
        inner.reset(bytes, offset, length);
        while (inner.hasNext()) {
            int tag = inner.tag();
            if (tag == (TEMPORALITY << 3 | ProtoReader.VARINT) && kind != PointKind.GAUGE) {
                temporality = inner.varint();
            } else if (tag == (MONOTONIC << 3 | ProtoReader.VARINT) && kind == PointKind.SUM) {
                monotonic = inner.varint() == 0 ? 0 : 1;
            } else {
                inner.skip(tag);
            }
        }
    }

    private long stream(long attributes) {
        return ContentHash.of(bytes, 0, 0, family ^ Long.rotateLeft(attributes, 17) * 0x9E3779B97F4A7C15L);
    }

    private static long notZero(long hash) {
        return hash == 0 ? 1 : hash;
    }
}
