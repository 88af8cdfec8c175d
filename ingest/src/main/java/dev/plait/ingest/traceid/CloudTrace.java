package dev.plait.ingest.traceid;

import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Google's {@code X-Cloud-Trace-Context}: {@code 32hex/decimalspan[;o=0|1]}, the hex in lower case. Source: Google Cloud
 * Trace documentation; Kong's gcp extractor.
 */
public final class CloudTrace {
    private CloudTrace() {}

    public static Optional<PropagatedContext> parse(String value) {
        if (value.length() < 34 || value.charAt(32) != '/' || !HexId.isLowerHex(value, 0, 32)) {
            return Optional.empty();
        }
        int options = value.indexOf(';', 33);
        OptionalLong span = DecimalId.parse(value.substring(33, options < 0 ? value.length() : options));
        Sampling sampling = switch (options < 0 ? "" : value.substring(options)) {
            case ";o=1" -> Sampling.KEEP;
            case ";o=0" -> Sampling.DROP;
            default -> Sampling.UNKNOWN;
        };
        if (span.isEmpty() || options >= 0 && sampling == Sampling.UNKNOWN) {
            return Optional.empty();
        }
        return HexId.trace(value.substring(0, 32))
                .map(trace -> new PropagatedContext(trace, span.getAsLong(), sampling));
    }
}
