package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.ProtoReader.FIXED64;
import static dev.plait.schemas.wire.ProtoReader.LEN;
import static dev.plait.schemas.wire.ProtoReader.VARINT;

import dev.plait.schemas.model.AttributeNames;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.SpanEvent;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.SpanLink;
import dev.plait.schemas.model.SpanStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads an OTLP {@code Span}. Source: opentelemetry/proto/trace/v1/trace.proto. */
final class SpanSlice {
    private static final int NAME = 5 << 3 | LEN;
    private static final int START = 7 << 3 | FIXED64;
    private static final int END = 8 << 3 | FIXED64;
    private static final int ATTRIBUTE = 9 << 3 | LEN;
    private static final int EVENT = 11 << 3 | LEN;
    private static final int LINK = 13 << 3 | LEN;
    private static final int STATUS = 15 << 3 | LEN;

    private static final int EVENT_TIME = 1 << 3 | FIXED64;
    private static final int EVENT_NAME = 2 << 3 | LEN;
    private static final int EVENT_ATTRIBUTE = 3 << 3 | LEN;

    private static final int LINK_TRACE_ID = 1 << 3 | LEN;
    private static final int LINK_SPAN_ID = 2 << 3 | LEN;
    private static final int LINK_ATTRIBUTE = 4 << 3 | LEN;

    private static final int STATUS_MESSAGE = 2 << 3 | LEN;
    private static final int STATUS_CODE = 3 << 3 | VARINT;

    private final SliceCursor span = new SliceCursor();
    private final SliceCursor part = new SliceCursor();
    private final TextCache texts;
    private final ValueReader values;
    private final AttributeNames names;

    private String statusMessage = "";
    private SpanStatus status = SpanStatus.UNSET;

    SpanSlice(TextCache texts, ValueReader values, AttributeNames names) {
        this.texts = texts;
        this.values = values;
        this.names = names;
    }

    ReceivedSpan read(Frame frame, int item, Origin origin) {
        String name = "";
        long start = 0;
        long end = 0;
        statusMessage = "";
        status = SpanStatus.UNSET;
        Map<String, Object> attributes = new LinkedHashMap<>();
        List<SpanEvent> events = new ArrayList<>(0);
        List<SpanLink> links = new ArrayList<>(0);
        span.reset(frame.body(), frame.offset(item), frame.length(item));
        while (span.next()) {
            switch (span.tag()) {
                case NAME -> name = texts.text(span.bytes(), span.start(), span.length());
                case START -> start = span.number();
                case END -> end = span.number();
                case ATTRIBUTE -> values.attribute(span, attributes);
                case EVENT -> events.add(event());
                case LINK -> link(links);
                case STATUS -> status();
                default -> {}
            }
        }
        int flags = frame.flags(item);
        SpanKind kind = SpanKind.ofOtlp(ItemFlags.kind(flags));
        names.ofSpan(attributes, kind);
        return new ReceivedSpan(
                frame.spanId(item),
                frame.parentSpanId(item),
                name,
                kind,
                start,
                end,
                status,
                statusMessage,
                ItemFlags.has(flags, ItemFlags.ERROR),
                attributes,
                events,
                links,
                origin);
    }

    private SpanEvent event() {
        long time = 0;
        String name = "";
        Map<String, Object> attributes = new LinkedHashMap<>();
        part.reset(span.bytes(), span.start(), span.length());
        while (part.next()) {
            switch (part.tag()) {
                case EVENT_TIME -> time = part.number();
                case EVENT_NAME -> name = texts.text(part.bytes(), part.start(), part.length());
                case EVENT_ATTRIBUTE -> values.attribute(part, attributes);
                default -> {}
            }
        }
        names.ofOther(attributes);
        return new SpanEvent(name, time, attributes);
    }

    /** A link whose IDs are not of 16 and 8 bytes leads nowhere and is left out. */
    private void link(List<SpanLink> links) {
        String traceId = "";
        String spanId = "";
        Map<String, Object> attributes = new LinkedHashMap<>();
        part.reset(span.bytes(), span.start(), span.length());
        while (part.next()) {
            switch (part.tag()) {
                case LINK_TRACE_ID -> traceId = part.length() == 16 ? Hex.of(id(0), id(8)) : "";
                case LINK_SPAN_ID -> spanId = part.length() == 8 ? Hex.of(id(0)) : "";
                case LINK_ATTRIBUTE -> values.attribute(part, attributes);
                default -> {}
            }
        }
        if (!traceId.isEmpty() && !spanId.isEmpty()) {
            links.add(new SpanLink(traceId, spanId, attributes));
        }
    }

    private long id(int from) {
        return ProtoReader.bigEndian(part.bytes(), part.start() + from);
    }

    private void status() {
        part.reset(span.bytes(), span.start(), span.length());
        while (part.next()) {
            if (part.tag() == STATUS_MESSAGE) {
                statusMessage = texts.text(part.bytes(), part.start(), part.length());
            } else if (part.tag() == STATUS_CODE) {
                status = SpanStatus.ofOtlp((int) part.number());
            }
        }
    }
}
