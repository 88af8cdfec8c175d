package dev.plait.sink.otlp;

import com.google.protobuf.ByteString;
import dev.plait.sink.delivery.RecordView;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.Locale;

/** A log of a correlated trace as an OTLP log record, with how it was joined and where it came from. */
final class LogMessage {
    private LogMessage() {}

    static LogRecord.Builder of(ByteString traceId, RecordView log) {
        LogRecord.Builder message = LogRecord.newBuilder()
                .setTraceId(traceId)
                .setTimeUnixNano(log.number("timeEpochNanos"))
                .setSeverityNumber(severity(log.number("severityNumber")))
                .setSeverityText(log.optionalText("severity").orElse(""))
                .setBody(AnyValue.newBuilder().setStringValue(log.text("body")));
        Ids.optionalSpan(log, "spanId").ifPresent(message::setSpanId);
        return message.addAllAttributes(new KeyValues()
                .putAll(log.map("attributes"))
                .put("plait.joined_by", log.text("joinedBy").toLowerCase(Locale.ROOT))
                .put("plait.source", log.text("source"))
                .list());
    }

    private static SeverityNumber severity(long number) {
        SeverityNumber known = number >= 0 && number <= 24 ? SeverityNumber.forNumber((int) number) : null;
        return known == null ? SeverityNumber.SEVERITY_NUMBER_UNSPECIFIED : known;
    }
}
