package dev.plait.sink.otlp;

import dev.plait.sink.delivery.RecordView;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * A final record of {@code plait-edges} as delta metrics, named as the collector's servicegraph connector does, which is how
 * Grafana finds them: {@code traces_service_graph_request_total}, {@code …_failed_total}, and the durations as client and server
 * saw them. For the rest see {@link RedItems}.
 */
final class EdgeItems {
    private static final String PREFIX = "traces_service_graph_request_";

    private final DurationPoint durations;

    EdgeItems(DurationPoint durations) {
        this.durations = durations;
    }

    List<Item> of(RecordView window) {
        if (!window.flag("final")) {
            return List.of();
        }
        List<KeyValue> attributes = new KeyValues()
                .put("client", window.text("client"))
                .put("server", window.text("server"))
                .put("connection_type", connection(window.text("connection")))
                .list();
        WindowTime time = WindowTime.of(window);
        List<Item> items = new ArrayList<>(4);
        items.add(sum("total", window.number("requests"), attributes, time));
        items.add(sum("failed_total", window.number("errors"), attributes, time));
        duration("client", window.record("clientDuration"), attributes, time, items);
        duration("server", window.record("serverDuration"), attributes, time, items);
        return items;
    }

    /** The connector leaves it empty for plain calls, and knows {@code messaging_system}, {@code database}, {@code virtual_node}. */
    private static String connection(String connection) {
        return switch (connection) {
            case "messaging" -> "messaging_system";
            case "virtual" -> "virtual_node";
            case "http", "rpc" -> "";
            default -> connection;
        };
    }

    private static Item sum(String name, long count, List<KeyValue> attributes, WindowTime time) {
        NumberDataPoint point = NumberDataPoint.newBuilder()
                .setStartTimeUnixNano(time.startEpochNanos())
                .setTimeUnixNano(time.endEpochNanos())
                .setAsInt(count)
                .addAllAttributes(attributes)
                .build();
        return MetricMessages.sum(Resource.getDefaultInstance(), PREFIX + name, "{request}", point);
    }

    private void duration(
            String side, RecordView latency, List<KeyValue> attributes, WindowTime time, List<Item> items) {
        if (latency.number("count") > 0) {
            items.add(MetricMessages.histogram(
                    Resource.getDefaultInstance(),
                    PREFIX + side,
                    durations.unit(),
                    durations
                            .of(latency)
                            .setStartTimeUnixNano(time.startEpochNanos())
                            .setTimeUnixNano(time.endEpochNanos())
                            .addAllAttributes(attributes)
                            .build()));
        }
    }
}
