package dev.plait.ingest.otlp;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.ProtoReader;
import java.util.concurrent.TimeUnit;

/**
 * Reads one OTLP Span: ids, parent, kind, whether it ended, whether it is an error, its request ID. Hot path: no allocation
 * for a good span; what a span is made of beyond that is decoded when its trace closes.
 *
 * <p>Ids must be 16 and 8 bytes and not zero, as trace.proto says; the low half of a trace ID may not be zero either, because
 * traces are kept by it. A parent that is no ID or the span itself is taken as none: the span stays, as a root.
 */
final class SpanScanner implements ItemScanner {
    /** Attributes, events or links of one span; more than any SDK's limit. */
    static final int MAX_ENTRIES = 10_000;

    private static final int TRACE_ID = 1 << 3 | ProtoReader.LEN;
    private static final int SPAN_ID = 2 << 3 | ProtoReader.LEN;
    private static final int TRACE_STATE = 3 << 3 | ProtoReader.LEN;
    private static final int PARENT_SPAN_ID = 4 << 3 | ProtoReader.LEN;
    private static final int NAME = 5 << 3 | ProtoReader.LEN;
    private static final int KIND = 6 << 3 | ProtoReader.VARINT;
    private static final int START = 7 << 3 | ProtoReader.FIXED64;
    private static final int END = 8 << 3 | ProtoReader.FIXED64;
    private static final int ATTRIBUTES = 9 << 3 | ProtoReader.LEN;
    private static final int EVENTS = 11 << 3 | ProtoReader.LEN;
    private static final int LINKS = 13 << 3 | ProtoReader.LEN;
    private static final int STATUS = 15 << 3 | ProtoReader.LEN;
    private static final int STATUS_MESSAGE = 2 << 3 | ProtoReader.LEN;
    private static final int STATUS_CODE = 3 << 3 | ProtoReader.VARINT;
    private static final long MAX_DURATION_NANOS = TimeUnit.DAYS.toNanos(30);

    private final ProtoReader reader = new ProtoReader();
    private final ProtoReader statusReader = new ProtoReader();
    private final StructureCheck check = new StructureCheck();
    private final AttributeReader attribute = new AttributeReader(check);
    private final SpanErrorRule errorRule = new SpanErrorRule();
    private final RequestIds requestIds = new RequestIds();
    private final IdSlot traceId = new IdSlot();
    private final IdSlot spanId = new IdSlot();
    private final IdSlot parentId = new IdSlot();
    private final SliceMask mask;
    private int kind;
    private long startNanos;
    private long endNanos;
    private int attributes;
    private int events;
    private int links;
    private boolean longKey;

    SpanScanner(Redaction redaction) {
        mask = new SliceMask(redaction);
    }

    @Override
    public void scan(byte[] bytes, int offset, int length, RecordScan record) {
        clear();
        mask.start(bytes, offset, length);
        reader.reset(bytes, offset, length);
        while (reader.hasNext()) {
            readField(bytes, reader.tag());
        }
        if (!traceId.isTraceId() || !spanId.isSpanId()) {
            record.reject(
                    Reason.BAD_ID, "Bad ID: the trace ID is not 16 bytes or the span ID not 8, or one is zero", offset);
        } else if (check.tooDeepAt() != StructureCheck.NONE) {
            record.reject(Reason.TOO_DEEP, StructureCheck.TOO_DEEP, check.tooDeepAt());
        } else if (check.badUtf8At() != StructureCheck.NONE) {
            record.reject(Reason.BAD_UTF8, "text of the span is not UTF-8", check.badUtf8At());
        } else if (attributes > MAX_ENTRIES || events > MAX_ENTRIES || links > MAX_ENTRIES) {
            record.reject(Reason.TOO_MANY, "more than 10000 attributes, events or links of one span", offset);
        } else if (longKey) {
            record.reject(Reason.TOO_LARGE, "an attribute key of more than 4096 bytes", offset);
        } else {
            accept(record);
        }
    }

    private void clear() {
        check.clear();
        errorRule.clear();
        requestIds.clear();
        traceId.clear();
        spanId.clear();
        parentId.clear();
        kind = 0;
        startNanos = 0;
        endNanos = 0;
        attributes = 0;
        events = 0;
        links = 0;
        longKey = false;
    }

    private void readField(byte[] bytes, int tag) {
        switch (tag) {
            case TRACE_ID -> traceId.read(reader);
            case SPAN_ID -> spanId.read(reader);
            case PARENT_SPAN_ID -> parentId.read(reader);
            case TRACE_STATE, NAME -> {
                int size = reader.length();
                check.text(bytes, reader.position(), size);
                mask.text(reader.position(), size);
                reader.advance(size);
            }
            case KIND -> kind = (int) reader.varint();
            case START -> startNanos = reader.fixed64();
            case END -> endNanos = reader.fixed64();
            case ATTRIBUTES -> readAttributes(bytes);
            case STATUS -> readStatus(bytes);
            case EVENTS -> {
                events++;
                readEntry(OtlpSchema.EVENT, bytes);
            }
            case LINKS -> {
                links++;
                readEntry(OtlpSchema.LINK, bytes);
            }
            default -> check.field(OtlpSchema.SPAN, reader, tag);
        }
    }

    /** They lie one behind the other, so the next one is looked for right here. */
    private void readAttributes(byte[] bytes) {
        readAttribute(bytes);
        while (reader.position() < reader.end() && bytes[reader.position()] == ATTRIBUTES) {
            reader.advance(1);
            readAttribute(bytes);
        }
    }

    private void readEntry(MessageType type, byte[] bytes) {
        int size = reader.length();
        check.message(type, bytes, reader.position(), size);
        mask.message(type, reader.position(), size);
        reader.advance(size);
    }

    private void readAttribute(byte[] bytes) {
        int size = reader.length();
        attribute.read(bytes, reader.position(), size);
        KnownKey key = mask.attribute(attribute, reader.position(), size);
        reader.advance(size);
        attributes++;
        longKey |= attribute.keyLength() > AttributeReader.MAX_KEY_BYTES;
        if (key != KnownKey.NONE) {
            errorRule.attribute(key, attribute);
            requestIds.attribute(key, attribute);
        }
    }

    private void readStatus(byte[] bytes) {
        int size = reader.length();
        check.message(OtlpSchema.STATUS, bytes, reader.position(), size);
        statusReader.reset(bytes, reader.position(), size);
        while (statusReader.hasNext()) {
            int tag = statusReader.tag();
            if (tag == STATUS_CODE) {
                errorRule.status(statusReader.varint());
            } else if (tag == STATUS_MESSAGE) {
                int messageSize = statusReader.length();
                mask.text(statusReader.position(), messageSize);
                statusReader.advance(messageSize);
            } else {
                statusReader.skip(tag);
            }
        }
        reader.advance(size);
    }

    private void accept(RecordScan record) {
        countTimes(record);
        int flags = ItemFlags.span(kind);
        long parent = parent(record);
        flags |= parent == 0 ? ItemFlags.ROOT : 0;
        flags |= endNanos != 0 ? ItemFlags.ENDED : 0;
        flags |= errorRule.isError(kind) ? ItemFlags.ERROR : 0;
        requestIds.announce(record);
        record.item(traceId.high(), traceId.low(), spanId.low(), parent, flags, mask);
    }

    private long parent(RecordScan record) {
        if (parentId.isSpanId()) {
            if (parentId.low() != spanId.low()) {
                return parentId.low();
            }
            record.normalised(Normalised.CYCLE);
        } else if (parentId.isUnusable()) {
            record.normalised(Normalised.BAD_PARENT);
        }
        return 0;
    }

    /** Times are unsigned: as signed numbers those beyond the year 2262 are negative. */
    private void countTimes(RecordScan record) {
        if (startNanos == 0 || endNanos == 0) {
            record.normalised(Normalised.NO_TIME);
        } else if (startNanos < 0
                || endNanos < 0
                || endNanos < startNanos
                || endNanos - startNanos > MAX_DURATION_NANOS) {
            record.normalised(Normalised.BAD_TIME);
        }
    }
}
