package dev.plait.ingest.traceid;

import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.TraceId;
import java.util.Optional;

/**
 * AWS {@code X-Amzn-Trace-Id}: {@code Root=1-8hex-24hex;Parent=16hex;Sampled=0|1|?}, in any order, blanks allowed, unknown
 * keys ignored. The trace ID is the 8 and the 24 digits joined; leading zeros of the 8 may be missing. A load balancer writes
 * the root alone. Source: AWS X-Ray developer guide; OpenTelemetry's X-Ray propagators; Kong's aws extractor.
 */
public final class XRay {
    private static final String VERSION = "1-";
    private static final int MAX_EPOCH = 8;
    private static final int UNIQUE = 24;

    private XRay() {}

    public static Optional<PropagatedContext> parse(String value) {
        Optional<TraceId> trace = Optional.empty();
        long parent = 0;
        Sampling sampling = Sampling.UNKNOWN;
        int start = 0;
        while (start < value.length()) {
            int semicolon = value.indexOf(';', start);
            int end = semicolon < 0 ? value.length() : semicolon;
            int equals = value.indexOf('=', start);
            String key = equals < 0 || equals > end
                    ? ""
                    : value.substring(start, equals).strip();
            String part = value.substring(equals + 1, Math.max(equals + 1, end)).strip();
            boolean malformed = false;
            switch (key) {
                case "Root" -> trace = root(part);
                case "Parent" -> {
                    parent = HexId.span(part);
                    malformed = parent == 0;
                }
                case "Sampled" -> {
                    sampling = sampling(part);
                    malformed = sampling == Sampling.UNKNOWN && !part.equals("?");
                }
                default -> {}
            }
            if (malformed) {
                return Optional.empty();
            }
            start = end + 1;
        }
        if (trace.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PropagatedContext(trace.get(), parent, sampling));
    }

    private static Sampling sampling(String text) {
        return switch (text) {
            case "0" -> Sampling.DROP;
            case "1" -> Sampling.KEEP;
            default -> Sampling.UNKNOWN;
        };
    }

    /** Of {@code 1-8hex-24hex} or {@code 1-8hex-24hex@16hex}, as AWS's SDK writes trace and segment into logs. */
    static Optional<PropagatedContext> entity(String text) {
        int at = text.indexOf('@');
        long segment = at < 0 ? 0 : HexId.span(text.substring(at + 1));
        return root(at < 0 ? text : text.substring(0, at))
                .map(trace -> new PropagatedContext(trace, segment, Sampling.UNKNOWN));
    }

    /** Of {@code 1-8hex-24hex}, as AWS shows trace IDs. */
    public static Optional<TraceId> root(String text) {
        int epoch = VERSION.length();
        int dash = text.indexOf('-', epoch);
        int unique = dash + 1;
        if (!text.startsWith(VERSION)
                || dash > epoch + MAX_EPOCH
                || text.length() - unique != UNIQUE
                || !Hex.isHex(text, epoch, dash)
                || !Hex.isHex(text, unique, text.length())) {
            return Optional.empty();
        }
        long high = Hex.parse(text, epoch, dash) << 32 | Hex.parse(text, unique, unique + 8);
        return HexId.of(high, Hex.parse(text, unique + 8, text.length()));
    }
}
