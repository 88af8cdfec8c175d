package dev.plait.schemas.model;

import java.util.Optional;

/** What made a request fail: the deepest failing span without a failing child, or what a proxy said. */
public record RootCause(String service, String operation, Optional<String> spanId, Kind kind, String reason) {
    /** Where the fault lies. */
    public enum Kind {
        UPSTREAM,
        GATEWAY,
        NETWORK,
        CLIENT,
        UNKNOWN
    }
}
