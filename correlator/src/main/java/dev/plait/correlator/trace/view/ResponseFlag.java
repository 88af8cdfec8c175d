package dev.plait.correlator.trace.view;

import static dev.plait.schemas.model.RootCause.Kind.CLIENT;
import static dev.plait.schemas.model.RootCause.Kind.GATEWAY;
import static dev.plait.schemas.model.RootCause.Kind.NETWORK;
import static dev.plait.schemas.model.RootCause.Kind.UPSTREAM;

import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.RootCause;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Envoy's response flags: why a proxy answered as it did, where the fault lies, and whether it makes the request an error.
 * Source: envoyproxy/envoy, docs/root/configuration/advanced/substitution_formatter.rst, {@code RESPONSE_FLAGS} and {@code
 * RESPONSE_FLAGS_LONG}; the classes are ours.
 */
enum ResponseFlag {
    UF("UpstreamConnectionFailure", NETWORK, true),
    UC("UpstreamConnectionTermination", NETWORK, true),
    UR("UpstreamRemoteReset", NETWORK, true),
    LR("LocalReset", NETWORK, true),
    DF("DnsResolutionFailed", NETWORK, true),
    SI("StreamIdleTimeout", NETWORK, false),
    UH("NoHealthyUpstream", UPSTREAM, true),
    UT("UpstreamRequestTimeout", UPSTREAM, true),
    UO("UpstreamOverflow", UPSTREAM, true),
    UPE("UpstreamProtocolError", UPSTREAM, true),
    UMSDR("UpstreamMaxStreamDurationReached", UPSTREAM, true),
    LH("FailedLocalHealthCheck", UPSTREAM, true),
    URX("UpstreamRetryLimitExceeded", UPSTREAM, true),
    NC("NoClusterFound", GATEWAY, true),
    OM("OverloadManagerTerminated", GATEWAY, true),
    DO("DropOverload", GATEWAY, true),
    UDO("UnconditionalDropOverload", GATEWAY, true),
    NR("NoRouteFound", GATEWAY, false),
    DT("DurationTimeout", GATEWAY, false),
    DI("DelayInjected", GATEWAY, false),
    FI("FaultInjected", GATEWAY, false),
    RL("RateLimited", GATEWAY, false),
    RLSE("RateLimitServiceError", GATEWAY, false),
    UAEX("UnauthorizedExternalService", GATEWAY, false),
    NFCF("NoFilterConfigFound", GATEWAY, false),
    DC("DownstreamConnectionTermination", CLIENT, false),
    DR("DownstreamRemoteReset", CLIENT, false),
    DPE("DownstreamProtocolError", CLIENT, false),
    IH("InvalidEnvoyRequestHeaders", CLIENT, false);

    private static final Map<String, ResponseFlag> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toMap(Enum::name, Function.identity()));
    private static final Map<String, ResponseFlag> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(flag -> flag.longName, Function.identity()));

    private final String longName;
    private final RootCause.Kind kind;
    private final boolean upstreamFault;

    ResponseFlag(String longName, RootCause.Kind kind, boolean upstreamFault) {
        this.longName = longName;
        this.kind = kind;
        this.upstreamFault = upstreamFault;
    }

    /** The codes of a log's or span's flags as they came, long names as their codes; none for {@code -}. */
    static List<String> codes(Map<String, Object> attributes) {
        String text = Attributes.text(attributes, "envoy.response_flags", "response_flags")
                .orElse("-");
        LinkedHashSet<String> codes = new LinkedHashSet<>();
        for (String flag : text.split(",", -1)) {
            String code = flag.strip();
            if (!code.isEmpty() && !code.equals("-")) {
                ResponseFlag named = BY_NAME.get(code);
                codes.add(named == null ? code : named.name());
            }
        }
        return List.copyOf(codes);
    }

    static boolean anyUpstreamFault(List<String> codes) {
        return codes.stream().map(BY_CODE::get).anyMatch(flag -> flag != null && flag.upstreamFault);
    }

    /** The flag that says most of the cause: in this enum's order, so that {@code UF,URX} is a connection failure. */
    static Optional<ResponseFlag> decisive(List<String> codes) {
        return Arrays.stream(values())
                .filter(flag -> codes.contains(flag.name()))
                .findFirst();
    }

    RootCause.Kind kind() {
        return kind;
    }

    /** For people: {@code UF (UpstreamConnectionFailure)}. */
    String told() {
        return name() + " (" + longName + ")";
    }
}
