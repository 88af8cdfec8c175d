package dev.plait.ingest.traceid;

import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import dev.plait.schemas.model.Hex;
import java.util.Optional;

/**
 * W3C {@code traceparent}: {@code version-traceid-parentid-flags}, lower-case hex of 2, 32, 16 and 2 digits. Source: W3C
 * Trace Context, "Versioning of traceparent": a version above 00 is read by its first 55 characters, ff is invalid. Two
 * headers of this name are invalid as well, which the caller must tell.
 */
public final class Traceparent {
    static final int LENGTH = 55;

    private Traceparent() {}

    public static Optional<PropagatedContext> parse(String value) {
        if (value.length() < LENGTH || !hasShape(value)) {
            return Optional.empty();
        }
        boolean version0 = value.startsWith("00");
        boolean more = value.length() > LENGTH;
        if (value.startsWith("ff") || more && (version0 || value.charAt(LENGTH) != '-')) {
            return Optional.empty();
        }
        long parent = Hex.parse(value, 36, 52);
        if (parent == 0) {
            return Optional.empty();
        }
        Sampling sampling = (Hex.parse(value, 53, 55) & 1) != 0 ? Sampling.KEEP : Sampling.DROP;
        return HexId.of(Hex.parse(value, 3, 19), Hex.parse(value, 19, 35))
                .map(trace -> new PropagatedContext(trace, parent, sampling));
    }

    private static boolean hasShape(String value) {
        return value.charAt(2) == '-'
                && value.charAt(35) == '-'
                && value.charAt(52) == '-'
                && HexId.isLowerHex(value, 0, 2)
                && HexId.isLowerHex(value, 3, 35)
                && HexId.isLowerHex(value, 36, 52)
                && HexId.isLowerHex(value, 53, 55);
    }
}
