package dev.plait.ingest.traceid;

import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.TraceId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Datadog's headers: {@code x-datadog-trace-id} and {@code x-datadog-parent-id} as unsigned decimals, the trace ID's high 64
 * bits as {@code _dd.p.tid} in {@code x-datadog-tags}. Source: DataDog/dd-trace-java, propagation. Values above 2^64 - 1,
 * which no Datadog library writes, are refused but in the header: Kong takes all 128 bits from there, and uses them as its own ID.
 */
public final class Datadog {
    private static final String HIGH_BITS = "_dd.p.tid=";

    private Datadog() {}

    /** Of the four headers' values; an empty text is a header that was not there. */
    public static Optional<PropagatedContext> parse(String traceId, String parentId, String tags, String priority) {
        Sampling sampling = switch (priority) {
            case "-1", "0" -> Sampling.DROP;
            case "1", "2" -> Sampling.KEEP;
            default -> Sampling.UNKNOWN;
        };
        OptionalLong parent = parentId.isEmpty() ? OptionalLong.of(0) : DecimalId.parse(parentId);
        if (parent.isEmpty()) {
            return Optional.empty();
        }
        return traceId(traceId, tags)
                .or(() -> DecimalId.wide(traceId))
                .map(trace -> new PropagatedContext(trace, parent.getAsLong(), sampling));
    }

    /** Of the decimal low 64 bits alone. */
    public static Optional<TraceId> traceId(String decimal) {
        return traceId(decimal, "");
    }

    /** As log correlation writes it: decimal, or 32 hex digits where the ID has more than 64 bits. */
    public static Optional<TraceId> logTraceId(String text) {
        return text.length() == 32 ? HexId.trace(text) : traceId(text);
    }

    /** A span ID in decimal, 0 when it is none. */
    public static long spanId(String decimal) {
        return DecimalId.parse(decimal).orElse(0);
    }

    private static Optional<TraceId> traceId(String decimal, String tags) {
        return HexId.of(highBits(tags), DecimalId.parse(decimal).orElse(0));
    }

    /** 0 when the tags do not hold them or hold them wrongly: the low bits are good without. */
    private static long highBits(String tags) {
        int start = 0;
        while (start < tags.length()) {
            int comma = tags.indexOf(',', start);
            int end = comma < 0 ? tags.length() : comma;
            int value = start + HIGH_BITS.length();
            if (tags.startsWith(HIGH_BITS, start) && end - value == 16 && HexId.isLowerHex(tags, value, end)) {
                return Hex.parse(tags, value, end);
            }
            start = end + 1;
        }
        return 0;
    }
}
