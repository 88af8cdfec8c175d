package dev.plait.topology;

import dev.plait.correlator.slo.SloCount;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.TraceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one frame adds to one SLO key within ten seconds of request time. */
final class SloTally {
    private static final int MAX_LOGS = 2;
    private static final int MAX_CONTRIBUTIONS = 200;

    private final Map<Dimension, Long> contributions = new LinkedHashMap<>();
    private final List<Alert.LogLine> logs = new ArrayList<>();
    private long good;
    private long bad;

    void good(long count) {
        good += count;
    }

    /** Counts bad requests that are alike, and what of them may explain others. */
    void bad(CountedRequest request, long count) {
        bad += count;
        contribute("service", request.service(), count);
        contribute("route", request.route(), count);
        contribute("method", request.method(), count);
        contribute("consumer", request.consumer(), count);
        if (request.status() != 0) {
            contribute("status", Integer.toString(request.status()), count);
        }
        contribute("caller", caller(request), count);
        contribute("response_flags", flags(request), count);
        request.tags().forEach((name, value) -> contribute(name, value, count));
        if (logs.size() < MAX_LOGS
                && request.source() != RequestSource.METRIC
                && !request.method().isEmpty()) {
            logs.add(line(request));
        }
    }

    SloCount count(long bucketMs) {
        List<SloCount.Contribution> sorted = new ArrayList<>();
        contributions.forEach((one, count) -> sorted.add(new SloCount.Contribution(one.name, one.value, count)));
        return new SloCount(bucketMs, good, bad, sorted, logs);
    }

    private void contribute(String dimension, String value, long count) {
        if (!value.isEmpty() && contributions.size() < MAX_CONTRIBUTIONS) {
            contributions.merge(new Dimension(Cut.of(dimension), Cut.of(value)), count, Long::sum);
        }
    }

    /** A proxy's line, or what a span tells of the same. */
    private static Alert.LogLine line(CountedRequest request) {
        String target = request.path().isEmpty() ? request.route() : request.path();
        String caller = caller(request);
        String flags = flags(request);
        String body = (caller.isEmpty() ? "" : "from " + caller + ": ") + request.method() + " " + target + " "
                + request.status() + (flags.isEmpty() ? "" : " " + flags) + " in "
                + request.durationNanos() / 1_000_000 + " ms";
        Optional<String> trace = request.traceLow() == 0
                ? Optional.empty()
                : Optional.of(new TraceId(request.traceHigh(), request.traceLow()).hex());
        Optional<String> service = Optional.of(request.service()).filter(name -> !name.isEmpty());
        return new Alert.LogLine(trace, service, Optional.empty(), Cut.of(body));
    }

    /** Who sent the request, as far as a mesh proxy knows it. */
    private static String caller(CountedRequest request) {
        return Attributes.text(request.attributes(), "kuma.source.service").orElse("");
    }

    /** Why Envoy says that it went wrong. */
    private static String flags(CountedRequest request) {
        return Attributes.text(request.attributes(), "envoy.response_flags").orElse("");
    }

    private record Dimension(String name, String value) {}
}
