package dev.plait.sink.otlp;

import dev.plait.sink.delivery.RecordView;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A record of {@code plait-red} as delta metrics, named and shaped as the collector's spanmetrics connector does: {@code calls},
 * a sum per {@code status.code}, and {@code duration}, an exponential histogram. Only windows that are final are sent: one that
 * still fills would be counted twice.
 *
 * <p>Each source counts the same requests for itself, so each has metrics of its own that nobody adds up by accident: spans
 * {@code traces.span.metrics.*}, the others {@code plait.gateway_log.*}, {@code plait.mesh_log.*}, {@code plait.metric.*}.
 *
 * <p>Exemplars are trace IDs of requests, so they stand at the calls and have the value 1: how long those took is not known
 * here. Plait's records name failed requests first; so the first of them, no more than errors were counted, stand at the errors.
 */
final class RedItems {
    private static final String SPAN = "span";
    private static final Map<String, String> NAMES = Map.of(
            "service", "service.name",
            "route", "http.route",
            "method", "http.request.method",
            "status_class", "plait.status_class",
            "source", "plait.source");

    private final DurationPoint durations;

    RedItems(DurationPoint durations) {
        this.durations = durations;
    }

    List<Item> of(RecordView window) {
        if (!window.flag("final")) {
            return List.of();
        }
        Map<String, ?> series = window.map("series");
        String source = String.valueOf(series.get("source"));
        String prefix = source.equals(SPAN) ? "traces.span.metrics" : "plait." + source.replace('-', '_');
        Resource resource = MetricMessages.resource(text(series, "service"));
        List<KeyValue> attributes = attributes(series, window.flag("overflow"));
        WindowTime time = WindowTime.of(window);
        List<Item> items = new ArrayList<>(3);
        calls(window, attributes, time)
                .forEach(point -> items.add(MetricMessages.sum(resource, prefix + ".calls", "{call}", point)));
        items.add(MetricMessages.histogram(
                resource,
                prefix + ".duration",
                durations.unit(),
                durations
                        .of(window.record("duration"))
                        .setStartTimeUnixNano(time.startEpochNanos())
                        .setTimeUnixNano(time.endEpochNanos())
                        .addAllAttributes(attributes)
                        .build()));
        return items;
    }

    private static List<NumberDataPoint> calls(RecordView window, List<KeyValue> attributes, WindowTime time) {
        long errors = window.number("errors");
        long others = window.number("requests") - errors;
        List<String> exemplars = window.texts("exemplars");
        int failed = (int) Math.min(errors, exemplars.size());
        List<NumberDataPoint> points = new ArrayList<>(2);
        if (others > 0 || errors == 0) {
            points.add(
                    point(others, "STATUS_CODE_UNSET", attributes, time, exemplars.subList(failed, exemplars.size())));
        }
        if (errors > 0) {
            points.add(point(errors, "STATUS_CODE_ERROR", attributes, time, exemplars.subList(0, failed)));
        }
        return points;
    }

    private static NumberDataPoint point(
            long count, String status, List<KeyValue> attributes, WindowTime time, List<String> traceIds) {
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                .setStartTimeUnixNano(time.startEpochNanos())
                .setTimeUnixNano(time.endEpochNanos())
                .setAsInt(count)
                .addAllAttributes(attributes)
                .addAllAttributes(new KeyValues().put("status.code", status).list());
        for (String traceId : traceIds) {
            point.addExemplars(Exemplar.newBuilder()
                    .setTraceId(Ids.bytes("exemplars", traceId, 32))
                    .setTimeUnixNano(time.endEpochNanos())
                    .setAsInt(1));
        }
        return point.build();
    }

    private static List<KeyValue> attributes(Map<String, ?> series, boolean overflow) {
        KeyValues attributes = new KeyValues();
        series.forEach((label, value) -> {
            if (!"".equals(value)) {
                attributes.put(NAMES.getOrDefault(label, label), value);
            }
        });
        if (overflow) {
            attributes.put("otel.metric.overflow", true);
        }
        return attributes.list();
    }

    private static String text(Map<String, ?> series, String label) {
        return series.get(label) instanceof String text ? text : "";
    }
}
