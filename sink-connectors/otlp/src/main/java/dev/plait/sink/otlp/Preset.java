package dev.plait.sink.otlp;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a vendor's OTLP intake takes. Both take delta temporality, which is all this sink sends, and protobuf over HTTP.
 *
 * <p>Sources: docs.dynatrace.com, "About OTLP metrics ingest" (dimensions, points of a request) and "Ingest OpenTelemetry traces"
 * (age of spans); docs.datadoghq.com, "Datadog OTLP Intake Endpoint" (header; logs as protobuf alone; no gRPC).
 */
enum Preset {
    NONE("", ""),
    DYNATRACE("authorization", "Api-Token "),
    DATADOG("dd-api-key", "");

    /** Where Dynatrace's OTLP paths begin, on its own hosts as on an ActiveGate's {@code /e/<environment>}. */
    private static final String DYNATRACE_PATH = "/api/v2/otlp";

    private static final int DYNATRACE_MAX_POINTS = 15_000;

    private final String header;
    private final String prefix;

    Preset(String header, String prefix) {
        this.header = header;
        this.prefix = prefix;
    }

    ItemLimits limits() {
        return this == DYNATRACE ? ItemLimits.DYNATRACE : ItemLimits.NONE;
    }

    /** The header that carries {@code token}. */
    Map<String, String> authorization(String token) {
        return Map.of(header, prefix + token);
    }

    /** Whether {@code headers} already say who sends. */
    boolean isAuthorized(Map<String, String> headers) {
        return headers.containsKey(header);
    }

    /** What is wrong with a protocol, if anything. */
    Optional<String> refusalOf(Protocol protocol) {
        return this == NONE || protocol == Protocol.HTTP_PROTOBUF
                ? Optional.empty()
                : Optional.of("preset " + label() + " takes " + Protocol.HTTP_PROTOBUF.label() + " alone");
    }

    /** What is wrong with a base endpoint, if anything. */
    Optional<String> refusalOf(String endpoint) {
        String path = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        return this != DYNATRACE || path.endsWith(DYNATRACE_PATH)
                ? Optional.empty()
                : Optional.of("preset dynatrace wants an endpoint that ends in " + DYNATRACE_PATH
                        + ", as https://<environment>.live.dynatrace.com" + DYNATRACE_PATH);
    }

    /** What is wrong with a number of items in a request, if anything. */
    Optional<String> refusalOf(int maxItems) {
        return this != DYNATRACE || maxItems <= DYNATRACE_MAX_POINTS
                ? Optional.empty()
                : Optional.of("preset dynatrace takes at most " + DYNATRACE_MAX_POINTS + " data points at once");
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
