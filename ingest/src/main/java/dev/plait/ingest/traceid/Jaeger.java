package dev.plait.ingest.traceid;

import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import dev.plait.schemas.model.Hex;
import java.util.Optional;

/**
 * Jaeger's {@code uber-trace-id}: {@code traceid:spanid:parentid:flags} in hex, leading zeros possibly missing, colons
 * possibly URL-encoded. Source: Jaeger client documentation and opentelemetry-java's JaegerPropagator.
 */
public final class Jaeger {
    private Jaeger() {}

    public static Optional<PropagatedContext> parse(String value) {
        String plain =
                value.indexOf('%') < 0 ? value : value.replace("%3A", ":").replace("%3a", ":");
        String[] parts = plain.split(":", 5);
        boolean malformed = parts.length != 4
                || !isHex(parts[1], 16)
                || !parts[2].isEmpty() && !isHex(parts[2], Integer.MAX_VALUE)
                || !isHex(parts[3], 2);
        if (malformed) {
            return Optional.empty();
        }
        long span = Hex.parse(parts[1], 0, parts[1].length());
        if (span == 0) {
            return Optional.empty();
        }
        long flags = Hex.parse(parts[3], 0, parts[3].length());
        Sampling sampling = (flags & 2) != 0 ? Sampling.DEBUG : (flags & 1) != 0 ? Sampling.KEEP : Sampling.DROP;
        return HexId.padded(parts[0], 32).map(trace -> new PropagatedContext(trace, span, sampling));
    }

    private static boolean isHex(String text, int most) {
        return text.length() <= most && Hex.isHex(text, 0, text.length());
    }
}
