package dev.plait.schemas.model;

import java.util.Optional;

/**
 * What counted a request. The same request may be told by several (its gateway's log, a sidecar's log, its server span), so
 * every series and every SLI names one, and sources are never summed.
 */
public enum RequestSource {
    /** SERVER and CONSUMER spans. */
    SPAN("span"),

    /** Kong's access logs. */
    GATEWAY_LOG("gateway-log"),

    /** Access logs of Envoy and Kuma. */
    MESH_LOG("mesh-log"),

    /** Points of sums and histograms. */
    METRIC("metric");

    private static final RequestSource[] SOURCES = values();
    private final String label;

    RequestSource(String label) {
        this.label = label;
    }

    /** As it is written in records and SLO files. */
    public String label() {
        return label;
    }

    public static Optional<RequestSource> ofLabel(String label) {
        for (RequestSource source : SOURCES) {
            if (source.label.equals(label)) {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }
}
