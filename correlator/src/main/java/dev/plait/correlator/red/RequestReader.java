package dev.plait.correlator.red;

import dev.plait.correlator.trace.view.Nanos;
import dev.plait.correlator.trace.view.ProxyLog;
import dev.plait.correlator.trace.view.Semantics;
import dev.plait.correlator.trace.view.Services;
import dev.plait.correlator.trace.view.SpanParents;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SpanKind;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads received items as requests: SERVER and CONSUMER spans that have ended, and access logs. A client's span is no request, as
 * its server tells of it. For one thread.
 */
public final class RequestReader {
    private static final String SERVER = "server";
    private static final String CONSUMER = "consumer";

    private final OriginTags tags = new OriginTags();

    /** Whether an item counts as a request that was not counted before, as its frame's index tells. */
    public static boolean counts(int itemFlags) {
        return switch (ItemFlags.signal(itemFlags)) {
            case ItemFlags.SPAN ->
                ItemFlags.has(itemFlags, ItemFlags.ENDED)
                        && SpanParents.isServing(SpanKind.ofOtlp(ItemFlags.kind(itemFlags)));
            case ItemFlags.LOG ->
                ItemFlags.has(itemFlags, ItemFlags.ACCESS_LOG) && !ItemFlags.has(itemFlags, ItemFlags.COUNTED);
            default -> false;
        };
    }

    /** Empty for a span that is no request, or that has not ended. */
    public Optional<CountedRequest> read(ReceivedSpan span, long traceHigh, long traceLow) {
        if (!SpanParents.isServing(span.kind()) || Nanos.of(span.endEpochNanos()) == 0) {
            return Optional.empty();
        }
        Map<String, Object> attributes = span.attributes();
        long start = Nanos.of(span.startEpochNanos());
        return Optional.of(new CountedRequest(
                RequestSource.SPAN,
                Services.of(span),
                Semantics.route(attributes).orElse(""),
                Semantics.method(attributes).orElse(""),
                Semantics.path(attributes).orElse(""),
                Semantics.httpStatus(attributes).orElse(0),
                span.error(),
                span.kind() == SpanKind.SERVER ? SERVER : CONSUMER,
                ProxyLog.consumer(attributes).orElse(""),
                tags.of(span.origin()),
                attributes,
                span.endEpochNanos(),
                start == 0 ? CountedRequest.UNKNOWN_DURATION : Nanos.between(start, span.endEpochNanos()),
                traceHigh,
                traceLow));
    }

    /** Empty for a log that is no access log. Its service is the one that the proxy sent it to, else the proxy itself. */
    public Optional<CountedRequest> read(ReceivedLog log, long traceHigh, long traceLow) {
        if (!log.accessLog()) {
            return Optional.empty();
        }
        Map<String, Object> attributes = log.attributes();
        boolean kong = ProxyLog.isKong(log);
        long start = Nanos.of(log.timeEpochNanos());
        OptionalDouble totalMs = ProxyLog.totalMs(attributes);
        long durationNanos = Nanos.plusMs(0, totalMs.orElse(0));
        return Optional.of(new CountedRequest(
                kong ? RequestSource.GATEWAY_LOG : RequestSource.MESH_LOG,
                ProxyLog.upstream(attributes).or(() -> Services.of(log)).orElse(kong ? ProxyLog.KONG : ProxyLog.ENVOY),
                ProxyLog.route(attributes).orElse(""),
                Semantics.method(attributes).orElse(""),
                Semantics.path(attributes).orElse(""),
                Semantics.httpStatus(attributes).orElse(0),
                log.error(),
                SERVER,
                ProxyLog.consumer(attributes).orElse(""),
                tags.of(log.origin()),
                attributes,
                start == 0 ? 0 : Nanos.plus(start, durationNanos),
                totalMs.isPresent() ? durationNanos : CountedRequest.UNKNOWN_DURATION,
                traceHigh,
                traceLow));
    }
}
