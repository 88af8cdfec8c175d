package dev.plait.correlator.measure;

import dev.plait.correlator.red.RequestLabels;
import dev.plait.correlator.red.SeriesKeys;
import dev.plait.correlator.trace.view.Nanos;
import dev.plait.correlator.trace.view.ProxyLog;
import dev.plait.correlator.trace.view.Semantics;
import dev.plait.correlator.trace.view.Services;
import dev.plait.correlator.trace.view.Tags;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import java.util.Map;
import java.util.Optional;

/**
 * What a measure sees of a span or a log.
 *
 * @param service who did it; of an access log the service that the proxy sent the request to; empty when unknown
 * @param route empty when unknown
 * @param timeEpochNanos when it ended; 0 when unknown
 */
record MeasuredItem(
        MeasureSource source,
        String service,
        String route,
        boolean error,
        Map<String, Object> attributes,
        Origin origin,
        long timeEpochNanos) {

    static MeasuredItem of(ReceivedSpan span) {
        return new MeasuredItem(
                MeasureSource.SPAN,
                Services.of(span),
                Semantics.route(span.attributes()).orElse(""),
                span.error(),
                span.attributes(),
                span.origin(),
                span.endEpochNanos());
    }

    static MeasuredItem of(ReceivedLog log) {
        Map<String, Object> attributes = log.attributes();
        long time = Nanos.of(log.timeEpochNanos());
        if (!log.accessLog()) {
            String service = Services.of(log).orElse("");
            String route = Semantics.route(attributes).orElse("");
            return new MeasuredItem(MeasureSource.LOG, service, route, log.error(), attributes, log.origin(), time);
        }
        boolean kong = ProxyLog.isKong(log);
        return new MeasuredItem(
                kong ? MeasureSource.GATEWAY_LOG : MeasureSource.MESH_LOG,
                ProxyLog.upstream(attributes).or(() -> Services.of(log)).orElse(kong ? ProxyLog.KONG : ProxyLog.ENVOY),
                ProxyLog.route(attributes).orElse(""),
                log.error(),
                attributes,
                log.origin(),
                time == 0
                        ? 0
                        : Nanos.plus(
                                time,
                                Nanos.plusMs(0, ProxyLog.totalMs(attributes).orElse(0))));
    }

    /** Empty when the item does not say. */
    Optional<String> label(String name) {
        return switch (name) {
            case "service" -> known(service);
            case "route" -> known(route);
            case "method" -> Semantics.method(attributes);
            case "status_class" ->
                Optional.of(
                        SeriesKeys.statusClass(Semantics.httpStatus(attributes).orElse(0), error));
            default -> RequestLabels.value(name, Tags.of(origin), attributes);
        };
    }

    private static Optional<String> known(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }
}
