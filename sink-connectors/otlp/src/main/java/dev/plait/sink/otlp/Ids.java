package dev.plait.sink.otlp;

import com.google.protobuf.ByteString;
import dev.plait.sink.delivery.MalformedRecord;
import dev.plait.sink.delivery.RecordView;
import java.util.HexFormat;
import java.util.Optional;

/** Trace and span IDs: hex in Plait's records, bytes in OTLP. */
final class Ids {
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;

    private Ids() {}

    static ByteString trace(RecordView record, String field) {
        return bytes(field, record.text(field), TRACE_DIGITS);
    }

    static ByteString span(RecordView record, String field) {
        return bytes(field, record.text(field), SPAN_DIGITS);
    }

    static Optional<ByteString> optionalSpan(RecordView record, String field) {
        return record.optionalText(field).map(text -> bytes(field, text, SPAN_DIGITS));
    }

    static ByteString bytes(String field, String hex, int digits) {
        try {
            if (hex.length() == digits) {
                return ByteString.copyFrom(HexFormat.of().parseHex(hex));
            }
        } catch (IllegalArgumentException noHex) {
            // told below
        }
        throw new MalformedRecord(field + " is not " + digits + " hex digits");
    }
}
