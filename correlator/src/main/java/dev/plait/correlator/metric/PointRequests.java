package dev.plait.correlator.metric;

import dev.plait.correlator.red.OriginTags;
import dev.plait.correlator.trace.view.ProxyLog;
import dev.plait.correlator.trace.view.Semantics;
import dev.plait.correlator.trace.view.Services;
import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.ReceivedPoint;
import dev.plait.schemas.model.RequestSource;
import java.util.Locale;
import java.util.Map;

/**
 * What a point's attributes tell of the requests it counted: the names of OpenTelemetry's conventions, those with underscores
 * that Prometheus makes of them, and the labels of Kong, Envoy and Micrometer. The first that is present wins. For one thread.
 */
final class PointRequests {
    private static final int FIRST_SERVER_ERROR = 500;
    private static final String KONG = "kong_";

    private static final String[] ROUTE = {"http_route", "route", "uri"};
    private static final String[] METHOD = {"http_request_method", "http_method", "method"};
    private static final String[] PATH = {"url_path", "path"};
    private static final String[] STATUS = {
        "http.response.status_code",
        "http.status_code",
        "http_response_status_code",
        "http_status_code",
        "status",
        "code",
        "status_code",
        "envoy_response_code",
        "envoy_response_code_class"
    };

    /** A label that the target's own replaced is kept under {@code exported_}. */
    private static final String[] SERVICE = {"exported_service", "service", "service.name", "service_name"};

    private final OriginTags tags = new OriginTags();

    interface Each {
        void requests(CountedRequest request, long count);
    }

    /** The requests of each slot of {@code counts}, which are of {@code point}, by ascending duration. */
    void forEach(ReceivedPoint point, Counts counts, Each each) {
        Map<String, Object> attributes = point.attributes();
        int status = status(attributes);
        String service = service(point);
        String route = Semantics.route(attributes)
                .or(() -> Attributes.text(attributes, ROUTE))
                .orElse("");
        String method = Semantics.method(attributes)
                .or(() -> Attributes.text(attributes, METHOD))
                .orElse("");
        String path = Semantics.path(attributes)
                .or(() -> Attributes.text(attributes, PATH))
                .orElse("");
        String consumer = ProxyLog.consumer(attributes)
                .or(() -> Attributes.text(attributes, "consumer"))
                .orElse("");
        Map<String, String> originTags = tags.of(point.origin());
        boolean error = status >= FIRST_SERVER_ERROR || isError(attributes);
        String kind = kind(attributes);
        counts.forEach((slot, count) -> each.requests(
                new CountedRequest(
                        RequestSource.METRIC,
                        service,
                        route,
                        method,
                        path,
                        status,
                        error,
                        kind,
                        consumer,
                        originTags,
                        attributes,
                        point.timeEpochNanos(),
                        BucketDurations.nanos(point, slot),
                        0,
                        0),
                count));
    }

    /** Kong's metrics are about the service behind it, as its logs are; other points come from the service that they are about. */
    private static String service(ReceivedPoint point) {
        Map<String, Object> attributes = point.attributes();
        if (point.metric().startsWith(KONG)) {
            return Attributes.text(attributes, SERVICE)
                    .or(() -> Services.of(point.origin()))
                    .orElse(Services.UNKNOWN);
        }
        return Services.of(point.origin())
                .or(() -> Attributes.text(attributes, SERVICE))
                .orElse(Services.UNKNOWN);
    }

    /** A code, or the lowest of a class such as {@code 5xx}, or Envoy's {@code 5}; 0 when there is none. */
    private static int status(Map<String, Object> attributes) {
        for (String name : STATUS) {
            long number = Attributes.wholeNumber(attributes, name).orElse(0);
            if (number >= 100 && number <= 999) {
                return (int) number;
            }
            String text = Attributes.text(attributes, name).orElse("").toLowerCase(Locale.ROOT);
            boolean isClass = text.endsWith("xx") ? text.length() == 3 : name.endsWith("_class") && text.length() == 1;
            if (isClass && text.charAt(0) >= '1' && text.charAt(0) <= '9') {
                return (text.charAt(0) - '0') * 100;
            }
        }
        return 0;
    }

    /** An error type, or the span status that metrics made of spans carry. */
    private static boolean isError(Map<String, Object> attributes) {
        return Attributes.text(attributes, "error.type", "error_type").isPresent()
                || Attributes.text(attributes, "status.code", "status_code")
                        .filter(code -> code.equals("STATUS_CODE_ERROR") || code.equals("ERROR"))
                        .isPresent();
    }

    /** As metrics made of spans say, {@code SPAN_KIND_CLIENT}; else a server's. */
    private static String kind(Map<String, Object> attributes) {
        return Attributes.text(attributes, "span.kind", "span_kind")
                .map(kind -> kind.replace("SPAN_KIND_", "").toLowerCase(Locale.ROOT))
                .orElse("server");
    }
}
