package dev.plait.schemas.model;

import java.util.Map;

/**
 * One request as one source tells of it: what windows and SLIs see. Texts are empty when unknown.
 *
 * @param service who served it: of a span its service, of an access log the service that the proxy sent it to
 * @param status of the HTTP response, 0 when there was none
 * @param kind {@code server} or {@code consumer} for a span, {@code server} for an access log
 * @param tags static tags of its source, and normalised resource identity
 * @param endEpochNanos when it ended: the time at which windows place it; 0 when unknown
 * @param durationNanos {@link #UNKNOWN_DURATION} when its source does not say
 * @param traceHigh high half of its trace ID, 0 when unknown; {@code traceLow} is 0 when it has no trace ID
 */
public record CountedRequest(
        RequestSource source,
        String service,
        String route,
        String method,
        String path,
        int status,
        boolean error,
        String kind,
        String consumer,
        Map<String, String> tags,
        Map<String, Object> attributes,
        long endEpochNanos,
        long durationNanos,
        long traceHigh,
        long traceLow) {
    /** It keeps no limit, and no quantile knows of it. */
    public static final long UNKNOWN_DURATION = -1;

    public CountedRequest {
        if (durationNanos < UNKNOWN_DURATION) {
            throw new IllegalArgumentException("a duration is not negative: " + durationNanos);
        }
        attributes = Attributes.copy(attributes);
    }

    /** Whether its duration is known. */
    public boolean isTimed() {
        return durationNanos != UNKNOWN_DURATION;
    }
}
