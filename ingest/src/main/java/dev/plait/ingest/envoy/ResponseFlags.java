package dev.plait.ingest.envoy;

import dev.plait.ingest.otlp.UpstreamFaults;
import dev.plait.schemas.wire.ProtoReader;
import java.util.Map;

/**
 * Envoy's response flags: short codes ({@code UF,URX}) with the long names that {@code %RESPONSE_FLAGS_LONG%} prints instead.
 * Unknown flags are kept as they are. Source: Envoy, substitution_formatter, "RESPONSE_FLAGS".
 */
final class ResponseFlags {
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("NoHealthyUpstream", "UH"),
            Map.entry("UpstreamConnectionFailure", "UF"),
            Map.entry("UpstreamOverflow", "UO"),
            Map.entry("NoRouteFound", "NR"),
            Map.entry("UpstreamRetryLimitExceeded", "URX"),
            Map.entry("NoClusterFound", "NC"),
            Map.entry("DurationTimeout", "DT"),
            Map.entry("DownstreamConnectionTermination", "DC"),
            Map.entry("FailedLocalHealthCheck", "LH"),
            Map.entry("UpstreamRequestTimeout", "UT"),
            Map.entry("LocalReset", "LR"),
            Map.entry("UpstreamRemoteReset", "UR"),
            Map.entry("UpstreamConnectionTermination", "UC"),
            Map.entry("DelayInjected", "DI"),
            Map.entry("FaultInjected", "FI"),
            Map.entry("RateLimited", "RL"),
            Map.entry("UnauthorizedExternalService", "UAEX"),
            Map.entry("RateLimitServiceError", "RLSE"),
            Map.entry("InvalidEnvoyRequestHeaders", "IH"),
            Map.entry("StreamIdleTimeout", "SI"),
            Map.entry("DownstreamProtocolError", "DPE"),
            Map.entry("UpstreamProtocolError", "UPE"),
            Map.entry("UpstreamMaxStreamDurationReached", "UMSDR"),
            Map.entry("ResponseFromCacheFilter", "RFCF"),
            Map.entry("NoFilterConfigFound", "NFCF"),
            Map.entry("OverloadManagerTerminated", "OM"),
            Map.entry("DnsResolutionFailed", "DF"),
            Map.entry("DropOverload", "DO"),
            Map.entry("DownstreamRemoteReset", "DR"),
            Map.entry("UnconditionalDropOverload", "UDO"));

    /** By the field numbers of envoy data/accesslog/v3/accesslog.proto, ResponseFlags. */
    private static final String[] BY_NUMBER = {
        "", "LH", "UH", "UT", "LR", "UR", "UF", "UC", "UO", "NR", "DI", "FI", "RL", "UAEX", "RLSE", "DC", "URX", "SI",
        "IH", "DPE", "UMSDR", "RFCF", "NFCF", "DT", "UPE", "NC", "OM", "DF", "DR"
    };

    private ResponseFlags() {}

    /** The codes of a message of flags; a flag that is not known is its number, one above 63 none. */
    static String codes(ProtoReader in) {
        long flags = 0;
        while (in.hasNext()) {
            int tag = in.tag();
            int number = ProtoReader.field(tag);
            boolean set = true; // a message, as the reason of UAEX is
            if (ProtoReader.wireType(tag) == ProtoReader.VARINT) {
                set = in.varint() != 0;
            } else {
                in.skip(tag);
            }
            if (number < Long.SIZE) {
                long flag = 1L << number;
                flags = set ? flags | flag : flags & ~flag;
            }
        }
        StringBuilder codes = new StringBuilder();
        for (int number = 1; number < Long.SIZE; number++) {
            if ((flags >>> number & 1) != 0) {
                codes.append(codes.isEmpty() ? "" : ",")
                        .append(number < BY_NUMBER.length ? BY_NUMBER[number] : Integer.toString(number));
            }
        }
        return codes.toString();
    }

    /** The flags with every long name replaced by its code. */
    static String shortened(String flags) {
        StringBuilder codes = new StringBuilder();
        for (String flag : flags.split(",", -1)) {
            codes.append(codes.isEmpty() ? "" : ",").append(SHORT.getOrDefault(flag, flag));
        }
        return codes.toString();
    }

    /** Whether one of the codes blames the upstream. */
    static boolean isUpstreamFault(String codes) {
        return UpstreamFaults.in(codes);
    }
}
