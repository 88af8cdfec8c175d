package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.ProtoReader.FIXED64;
import static dev.plait.schemas.wire.ProtoReader.LEN;
import static dev.plait.schemas.wire.ProtoReader.VARINT;

import dev.plait.schemas.model.AttributeNames;
import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.JoinedBy;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Reads an OTLP {@code LogRecord}. Its time is when it happened, else when it was observed, else when it arrived; an access log
 * happens when its request began, which Kong says apart, as it logs at the end ({@value #STARTED_AT}, milliseconds). The event
 * name is the attribute {@code event.name}, as it was before OTLP 1.5. Source: opentelemetry/proto/logs/v1/logs.proto.
 */
final class LogSlice {
    private static final int TIME = 1 << 3 | FIXED64;
    private static final int SEVERITY_NUMBER = 2 << 3 | VARINT;
    private static final int SEVERITY_TEXT = 3 << 3 | LEN;
    private static final int BODY = 5 << 3 | LEN;
    private static final int ATTRIBUTE = 6 << 3 | LEN;
    private static final int OBSERVED_TIME = 11 << 3 | FIXED64;
    private static final int EVENT_NAME = 12 << 3 | LEN;

    private static final String STARTED_AT = "kong.request.started_at";
    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(1);

    private final SliceCursor log = new SliceCursor();
    private final TextCache texts;
    private final ValueReader values;
    private final AttributeNames names;

    LogSlice(TextCache texts, ValueReader values, AttributeNames names) {
        this.texts = texts;
        this.values = values;
        this.names = names;
    }

    ReceivedLog read(Frame frame, int item, Origin origin) {
        long time = 0;
        long observed = 0;
        String severity = "";
        int severityNumber = 0;
        String body = "";
        String eventName = "";
        Map<String, Object> attributes = new LinkedHashMap<>();
        log.reset(frame.body(), frame.offset(item), frame.length(item));
        while (log.next()) {
            switch (log.tag()) {
                case TIME -> time = log.number();
                case SEVERITY_NUMBER -> severityNumber = (int) log.number();
                case SEVERITY_TEXT -> severity = texts.text(log.bytes(), log.start(), log.length());
                case BODY -> body = body();
                case ATTRIBUTE -> values.attribute(log, attributes);
                case OBSERVED_TIME -> observed = log.number();
                case EVENT_NAME -> eventName = texts.text(log.bytes(), log.start(), log.length());
                default -> {}
            }
        }
        if (!eventName.isEmpty()) {
            attributes.putIfAbsent("event.name", eventName);
        }
        names.ofOther(attributes);
        long known = time != 0 ? time : observed;
        long at = known != 0 ? known : TimeUnit.MILLISECONDS.toNanos(frame.arrivalMs());
        int flags = frame.flags(item);
        return new ReceivedLog(
                ItemFlags.has(flags, ItemFlags.ACCESS_LOG) ? began(attributes, at) : at,
                frame.spanId(item),
                severity,
                severityNumber,
                body,
                ItemFlags.has(flags, ItemFlags.ACCESS_LOG),
                ItemFlags.has(flags, ItemFlags.ERROR),
                ItemFlags.has(flags, ItemFlags.BY_REQUEST_ID) ? JoinedBy.REQUEST_ID : JoinedBy.TRACE_ID,
                attributes,
                origin);
    }

    /** When the request began that was logged at {@code loggedAt}, if that is told and can be. */
    private static long began(Map<String, Object> attributes, long loggedAt) {
        OptionalDouble ms = Attributes.number(attributes, STARTED_AT);
        // saturates, and a double of nanoseconds would be off by 256
        long began = ms.isPresent() ? TimeUnit.MILLISECONDS.toNanos((long) ms.getAsDouble()) : loggedAt;
        return began <= loggedAt && began > loggedAt - LONGEST_NANOS ? began : loggedAt;
    }

    private String body() {
        return values.value(log.bytes(), log.start(), log.length())
                .map(Object::toString)
                .orElse("");
    }
}
