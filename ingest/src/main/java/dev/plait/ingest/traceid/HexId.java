package dev.plait.ingest.traceid;

import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.TraceId;
import java.util.Optional;

/** Hexadecimal IDs of fixed and of padded length. An ID whose low 64 bits are zero is none: traces are keyed by them. */
final class HexId {
    private HexId() {}

    /** Of 32 or 16 hex digits of either case that are not all zero. */
    static Optional<TraceId> trace(String text) {
        return text.length() == 32 || text.length() == 16 ? padded(text, 32) : Optional.empty();
    }

    /** Of 1 to {@code most} (at most 32) hex digits, zeros on the left assumed. */
    static Optional<TraceId> padded(String text, int most) {
        int length = text.length();
        if (length > most || !Hex.isHex(text, 0, length)) {
            return Optional.empty();
        }
        int split = Math.max(0, length - 16);
        return of(split == 0 ? 0 : Hex.parse(text, 0, split), Hex.parse(text, split, length));
    }

    /** Of a trace ID and a span ID that may be missing; a span ID that is there and is none spoils both, as for propagators. */
    static Optional<PropagatedContext> context(String traceId, String spanId, Sampling sampling) {
        long span = span(spanId);
        if (span == 0 && !spanId.isEmpty()) {
            return Optional.empty();
        }
        return trace(traceId).map(trace -> new PropagatedContext(trace, span, sampling));
    }

    static Optional<TraceId> of(long high, long low) {
        return low == 0 ? Optional.empty() : Optional.of(new TraceId(high, low));
    }

    /** A span ID of exactly 16 hex digits, or 0 when it is none. */
    static long span(String text) {
        return isSpan(text) ? Hex.parse(text, 0, 16) : 0;
    }

    /** Whether it is 16 hex digits, which may be zeros. */
    static boolean isSpan(String text) {
        return text.length() == 16 && Hex.isHex(text, 0, 16);
    }

    /** Whether all of {@code [from, to)} are digits or lower-case hex letters. */
    static boolean isLowerHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return to > from;
    }
}
