package dev.plait.ingest.traceid;

import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.TraceId;
import java.util.Optional;

/**
 * A trace ID in whatever form a person pastes it, or a log holds it under a key that says nothing of its form. Only where the
 * key is unknown: a named header has its own parser.
 *
 * <p>Read are: 32 or 16 hex digits of either case; traceparent; X-Ray with or without {@code Root=} or {@code @segment}; Jaeger's four parts; one
 * B3 header; Google's {@code 32hex/span}; unsigned decimals of 17 to 20 or up to 15 digits. Sixteen or thirty-two digits are
 * taken for hex, as nothing tells otherwise. A UUID is not a trace ID. Surrounding blanks and one pair of double quotes are
 * taken off.
 */
public final class TraceIdText {
    private static final int MAX_LENGTH = 512;

    private TraceIdText() {}

    /** Of 32 or 16 hex digits and nothing else. */
    public static Optional<TraceId> hex(String digits) {
        return HexId.trace(digits);
    }

    /** A span ID of 16 hex digits, 0 when it is none. */
    public static long span(String digits) {
        return HexId.span(digits);
    }

    public static Optional<TraceId> parse(String pasted) {
        return context(pasted).map(PropagatedContext::traceId);
    }

    /** With the span and the sampling decision of forms that have them. */
    public static Optional<PropagatedContext> context(String pasted) {
        String text = unquoted(pasted.strip());
        int length = text.length();
        if (length > MAX_LENGTH) {
            return Optional.empty();
        }
        if ((length == 32 || length == 16) && Hex.isHex(text, 0, length)) {
            return HexId.trace(text).map(PropagatedContext::of);
        }
        if (DecimalId.isDigits(text)) {
            return Datadog.traceId(text).map(PropagatedContext::of);
        }
        return structured(text);
    }

    private static Optional<PropagatedContext> structured(String text) {
        if (text.contains("Root=")) {
            return XRay.parse(text);
        }
        if (text.indexOf('/') > 0) {
            return CloudTrace.parse(text);
        }
        if (text.indexOf(':') > 0 || text.contains("%3")) {
            return Jaeger.parse(text);
        }
        if (text.startsWith("1-")) {
            return XRay.entity(text);
        }
        if (text.length() >= Traceparent.LENGTH && text.charAt(2) == '-') {
            return Traceparent.parse(text);
        }
        return text.indexOf('-') > 0 ? B3.single(text) : Optional.empty();
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.charAt(0) == '"' && text.charAt(text.length() - 1) == '"';
        return quoted ? text.substring(1, text.length() - 1).strip() : text;
    }
}
