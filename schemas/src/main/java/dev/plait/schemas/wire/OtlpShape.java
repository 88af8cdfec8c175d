package dev.plait.schemas.wire;

import dev.plait.schemas.model.ItemFlags;

/**
 * What the fields of OTLP messages are, as far as cutting an item must know. Fields not named here are unknown to Plait.
 * Source: opentelemetry/proto/{common,resource,trace,logs,metrics}/v1.
 */
final class OtlpShape {
    /** Fields above are unknown. */
    static final int FIELDS = 17;

    static final OtlpShape SPAN = new OtlpShape();
    static final OtlpShape EVENT = new OtlpShape();
    static final OtlpShape LINK = new OtlpShape();
    static final OtlpShape STATUS = new OtlpShape();
    static final OtlpShape LOG = new OtlpShape();
    static final OtlpShape METRIC = new OtlpShape();
    static final OtlpShape POINTS = new OtlpShape();
    static final OtlpShape POINT = new OtlpShape();
    static final OtlpShape EXEMPLAR = new OtlpShape();
    static final OtlpShape RESOURCE = new OtlpShape();
    static final OtlpShape SCOPE = new OtlpShape();
    static final OtlpShape KEY_VALUE = new OtlpShape();
    static final OtlpShape VALUE = new OtlpShape();
    static final OtlpShape ARRAY = new OtlpShape();
    static final OtlpShape KEY_VALUES = new OtlpShape();

    /** How a field may be cut. */
    enum Kind {
        /** Not known: left out when room is scarce. */
        UNKNOWN,
        /** A number, or bytes that mean nothing in part. */
        WHOLE,
        TEXT,
        BYTES,
        /** One message; the last one counts when there are several. */
        ONE,
        MANY
    }

    static {
        SPAN.whole(1, 2, 3, 4, 6, 7, 8, 10, 12, 14, 16).text(5).one(15, STATUS);
        SPAN.attributes(9).many(11, EVENT).many(13, LINK);
        EVENT.whole(1, 4).text(2).many(3, KEY_VALUE);
        LINK.whole(1, 2, 3, 5, 6).many(4, KEY_VALUE);
        STATUS.whole(3).text(2);
        LOG.whole(1, 2, 7, 8, 9, 10, 11).text(3, 12).one(5, VALUE).attributes(6);
        // a frame's metric holds one point with one exemplar, so neither is a list here
        METRIC.text(1, 2, 3).one(5, POINTS).one(7, POINTS);
        POINTS.whole(2, 3).one(1, POINT);
        POINT.whole(2, 3, 4, 6, 8).one(5, EXEMPLAR).many(7, KEY_VALUE);
        EXEMPLAR.whole(2, 3, 4, 5, 6).attributes(7);
        RESOURCE.whole(2).attributes(1);
        SCOPE.whole(4).text(1, 2).attributes(3);
        KEY_VALUE.text(1).one(2, VALUE);
        VALUE.whole(2, 3, 4).text(1).bytes(7).one(5, ARRAY).one(6, KEY_VALUES);
        ARRAY.many(1, VALUE);
        KEY_VALUES.many(1, KEY_VALUE);
    }

    private final Kind[] kinds = new Kind[FIELDS];
    private final OtlpShape[] messages = new OtlpShape[FIELDS];
    private int attributes;

    private OtlpShape() {}

    static OtlpShape ofSignal(int signal) {
        return switch (signal) {
            case ItemFlags.SPAN -> SPAN;
            case ItemFlags.LOG -> LOG;
            case ItemFlags.EXEMPLAR -> METRIC;
            default -> throw new IllegalStateException("an item of signal " + signal + " has no bytes");
        };
    }

    Kind kind(int field) {
        return field < FIELDS && kinds[field] != null ? kinds[field] : Kind.UNKNOWN;
    }

    /** What a {@link Kind#ONE} or {@link Kind#MANY} field holds. */
    OtlpShape message(int field) {
        return messages[field];
    }

    /** The field of the attributes that say of this message that it was cut; 0 when it has none. */
    int attributes() {
        return attributes;
    }

    private OtlpShape whole(int... fields) {
        return fields(Kind.WHOLE, fields);
    }

    private OtlpShape text(int... fields) {
        return fields(Kind.TEXT, fields);
    }

    private OtlpShape bytes(int... fields) {
        return fields(Kind.BYTES, fields);
    }

    private OtlpShape fields(Kind kind, int... fields) {
        for (int field : fields) {
            kinds[field] = kind;
        }
        return this;
    }

    private OtlpShape one(int field, OtlpShape message) {
        messages[field] = message;
        return fields(Kind.ONE, field);
    }

    private OtlpShape many(int field, OtlpShape message) {
        messages[field] = message;
        return fields(Kind.MANY, field);
    }

    private OtlpShape attributes(int field) {
        attributes = field;
        return many(field, KEY_VALUE);
    }
}
