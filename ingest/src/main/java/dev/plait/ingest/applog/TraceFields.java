package dev.plait.ingest.applog;

import dev.plait.ingest.traceid.Datadog;
import dev.plait.ingest.traceid.TraceIdText;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.TraceId;
import java.util.List;
import java.util.Optional;

/**
 * The trace, span and flags that the fields of a log name. The key tells the base: what Datadog calls its trace ID is decimal
 * (or 32 hex digits), and so is every JSON number; any other text is read by its looks. The first readable ID counts, another
 * of the same low 64 bits adds its high ones. One that disagrees ({@code trace_id_conflict}) or cannot be read
 * ({@code bad_trace_id}) stays an attribute.
 */
final class TraceFields {
    private static final String GOOGLE_TRACES = "/traces/";

    void read(List<LogInterpreter.Found> found, AppLog log) {
        for (LogInterpreter.Found one : found) {
            switch (one.field()) {
                case TRACE_ID, DATADOG_TRACE_ID -> trace(one, log);
                case MAYBE_TRACE -> {
                    if (one.text().contains(GOOGLE_TRACES)
                            || TraceIdText.hex(digits(one)).isPresent()) {
                        trace(one, log);
                    }
                }
                case SPAN_ID, DATADOG_SPAN_ID -> span(one, log);
                case TRACE_FLAGS -> flags(one, log);
                case SAMPLED -> {
                    boolean sampled = one.text().equals("true");
                    log.traceFlags |= sampled ? 1 : 0;
                    log.fields.remove(one.path());
                }
                default -> {
                    // no part of the trace context
                }
            }
        }
    }

    private static void trace(LogInterpreter.Found one, AppLog log) {
        if (isNone(digits(one))) {
            log.fields.remove(one.path());
            return;
        }
        Optional<TraceId> read = traceId(one);
        if (read.isEmpty()) {
            log.count("bad_trace_id");
        } else if (log.trace.isEmpty()) {
            log.trace = read;
            log.fields.remove(one.path());
        } else if (log.trace.get().low() != read.get().low()) {
            log.count("trace_id_conflict");
        } else {
            log.trace = log.trace.get().high() == 0 ? read : log.trace;
            log.fields.remove(one.path());
        }
    }

    private static Optional<TraceId> traceId(LogInterpreter.Found one) {
        String text = digits(one);
        if (one.field() == LogField.DATADOG_TRACE_ID) {
            return Datadog.logTraceId(text);
        }
        if (one.isNumber()) {
            return Datadog.traceId(text);
        }
        int google = text.indexOf(GOOGLE_TRACES);
        if (google > 0) {
            return TraceIdText.hex(text.substring(google + GOOGLE_TRACES.length()));
        }
        // AWS X-Ray's SDK writes 1-x-y@span
        int at = text.indexOf('@');
        return TraceIdText.parse(at < 0 ? text : text.substring(0, at));
    }

    /** Python's console exporter writes {@code 0x} before them. */
    private static String digits(LogInterpreter.Found one) {
        String text = one.text();
        return text.startsWith("0x") ? text.substring(2) : text;
    }

    private static void span(LogInterpreter.Found one, AppLog log) {
        boolean decimal = one.field() == LogField.DATADOG_SPAN_ID || one.isNumber();
        long span = decimal ? Datadog.spanId(one.text()) : TraceIdText.span(digits(one));
        if (span != 0 && log.spanId == 0) {
            log.spanId = span;
        }
        if (span != 0 && log.spanId == span || isNone(digits(one))) {
            log.fields.remove(one.path());
        }
    }

    private static void flags(LogInterpreter.Found one, AppLog log) {
        String text = one.text();
        if (!text.isEmpty() && text.length() <= 2 && Hex.isHex(text, 0, text.length())) {
            log.traceFlags |= Integer.parseInt(text, 16);
            log.fields.remove(one.path());
        }
    }

    /** What loggers write when no trace is active. */
    private static boolean isNone(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("0- ".indexOf(text.charAt(i)) < 0) {
                return text.equals("null");
            }
        }
        return true;
    }
}
