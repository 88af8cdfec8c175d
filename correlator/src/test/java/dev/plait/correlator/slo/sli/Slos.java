package dev.plait.correlator.slo.sli;

import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Definitions and requests in few words. */
final class Slos {
    static final long END_NANOS = 1_767_225_600_000_000_000L;

    private Slos() {}

    static SloDefinition slo(String total, String good, String... groupBy) {
        return slo(RequestSource.GATEWAY_LOG, filter(total), filter(good), false, 0, groupBy);
    }

    static SloDefinition slo(
            RequestSource source,
            Filter total,
            Filter match,
            boolean matchIsBad,
            long effectiveAtMs,
            String... groupBy) {
        Optional<String> metric = source == RequestSource.METRIC ? Optional.of("requests") : Optional.empty();
        return new SloDefinition(
                "slo",
                "",
                "",
                "",
                effectiveAtMs,
                new Indicator(source, metric, total, match, matchIsBad),
                List.of(groupBy),
                0.99,
                30,
                30 * 86_400_000L,
                10,
                3,
                List.of());
    }

    static Filter filter(String where) {
        return new Filter(where, Long.MAX_VALUE);
    }

    static CountedRequest request(String route, int status) {
        return request(route, status, "/", 1_000_000, Map.of(), Map.of());
    }

    static CountedRequest request(
            String route,
            int status,
            String path,
            long durationNanos,
            Map<String, String> tags,
            Map<String, Object> attributes) {
        return new CountedRequest(
                RequestSource.GATEWAY_LOG,
                "orders",
                route,
                "GET",
                path,
                status,
                status >= 500,
                "server",
                "alice",
                tags,
                attributes,
                END_NANOS,
                durationNanos,
                0,
                0);
    }
}
