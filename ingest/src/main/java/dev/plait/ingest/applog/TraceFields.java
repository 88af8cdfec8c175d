package dev.plait.ingest.applog;

import dev.plait.ingest.traceid.Datadog;
import dev.plait.ingest.traceid.PropagatedContext;
import dev.plait.ingest.traceid.PropagationHeaders;
import dev.plait.ingest.traceid.TraceIdText;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.TraceId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The trace, span and flags that the fields of a log name. The key tells the base: what Datadog calls its trace ID is decimal
 * (or 32 hex digits), and so is every JSON number; any other text is read by its looks. The first readable ID counts, another
 * of the same low 64 bits adds its high ones. One that disagrees ({@code trace_id_conflict}) or cannot be read
 * ({@code bad_trace_id}) stays an attribute. Of a log that names no trace, the headers of the request that it tells of do.
 */
final class TraceFields {
    private static final String GOOGLE_TRACES = "/traces/";

    /** What languages call nothing. */
    private static final Set<String> NONE =
            Set.of("null", "none", "nil", "undefined", "n/a", "(null)", "<nil>", "<null>");

    private static final int LONGEST_NONE = "undefined".length();

    private final PropagationHeaders headers = new PropagationHeaders();

    /** Of a field that is a whole context: of the one that names the trace. */
    private Optional<PropagatedContext> context = Optional.empty();

    void read(List<LogInterpreter.Found> found, AppLog log) {
        headers.clear();
        context = Optional.empty();
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
                case REQUEST_HEADER -> headers.add(header(one), unlisted(one.text()));
                default -> {
                    // no part of the trace context
                }
            }
        }
        if (log.spanId == 0 && context.isPresent()) {
            log.spanId = context.get().spanId();
        }
        if (log.trace.isEmpty()) {
            // their span is the caller's
            log.trace = headers.traceId();
        }
    }

    private void trace(LogInterpreter.Found one, AppLog log) {
        if (isNone(digits(one))) {
            log.fields.remove(one.path());
            return;
        }
        Optional<PropagatedContext> whole = context(one);
        Optional<TraceId> read = whole.map(PropagatedContext::traceId);
        if (read.isEmpty()) {
            log.count("bad_trace_id");
        } else if (log.trace.isEmpty()) {
            context = whole;
            log.trace = read;
            log.fields.remove(one.path());
        } else if (log.trace.get().low() != read.get().low()) {
            log.count("trace_id_conflict");
        } else {
            log.trace = log.trace.get().high() == 0 ? read : log.trace;
            log.fields.remove(one.path());
        }
    }

    private static Optional<PropagatedContext> context(LogInterpreter.Found one) {
        String text = digits(one);
        if (one.field() == LogField.DATADOG_TRACE_ID) {
            return Datadog.logTraceId(text).map(PropagatedContext::of);
        }
        if (one.isNumber()) {
            return Datadog.traceId(text).map(PropagatedContext::of);
        }
        int google = text.indexOf(GOOGLE_TRACES);
        return google > 0
                ? TraceIdText.hex(text.substring(google + GOOGLE_TRACES.length()))
                        .map(PropagatedContext::of)
                : TraceIdText.context(text);
    }

    private static String header(LogInterpreter.Found one) {
        return one.path().substring(one.path().lastIndexOf('.') + 1);
    }

    /** Of a list of one text, that: in Go a header is a list. */
    private static String unlisted(String text) {
        boolean list = text.length() > 4 && text.startsWith("[\"") && text.endsWith("\"]");
        return list ? text.substring(2, text.length() - 2) : text;
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
                return text.length() <= LONGEST_NONE && NONE.contains(text.toLowerCase(Locale.ROOT));
            }
        }
        return true;
    }
}
