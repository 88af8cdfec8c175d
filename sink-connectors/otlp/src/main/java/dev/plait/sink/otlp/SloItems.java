package dev.plait.sink.otlp;

import dev.plait.sink.delivery.RecordView;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A record of {@code plait-slo} as gauges at the time it was worked out: {@code plait.slo.good}, {@code .bad} and {@code .total}
 * of the period, {@code .target}, {@code .error_ratio}, {@code .budget_remaining}, {@code .burn_rate} by severity and window, and
 * {@code .state}, 1 for the state it is in and 0 for the others. Gauges, as a period that rolls on makes counts fall too.
 */
final class SloItems {
    private static final List<String> STATES = List.of("OK", "PENDING", "FIRING", "INSUFFICIENT_DATA", "NO_DATA");

    List<Item> of(RecordView status) {
        Points points = new Points(status);
        points.count("plait.slo.good", status.number("good"));
        points.count("plait.slo.bad", status.number("bad"));
        points.count("plait.slo.total", status.number("total"));
        points.ratio("plait.slo.target", status.real("target"));
        points.ratio("plait.slo.error_ratio", status.real("errorRatio"));
        points.ratio("plait.slo.budget_remaining", status.real("budgetRemaining"));
        for (RecordView burn : status.records("burn")) {
            points.burnRate(burn, burn.text("longWindow"), burn.real("longRate"));
            points.burnRate(burn, burn.text("shortWindow"), burn.real("shortRate"));
        }
        for (String state : STATES) {
            points.state(state, state.equals(status.text("state")));
        }
        return points.items;
    }

    private static final class Points {
        private final List<Item> items = new ArrayList<>();
        private final RecordView status;
        private final Resource resource;
        private final long timeEpochNanos;

        Points(RecordView status) {
            this.status = status;
            resource = MetricMessages.resource(status.text("service"));
            timeEpochNanos = TimeUnit.MILLISECONDS.toNanos(status.number("evaluatedAtMs"));
        }

        void count(String name, long value) {
            add(name, "{request}", attributes(), point().setAsInt(value));
        }

        void ratio(String name, double value) {
            add(name, "1", attributes(), point().setAsDouble(value));
        }

        void burnRate(RecordView burn, String window, double rate) {
            KeyValues attributes = attributes()
                    .put("plait.slo.severity", burn.text("severity"))
                    .put("plait.slo.window", window);
            add("plait.slo.burn_rate", "1", attributes, point().setAsDouble(rate));
        }

        void state(String state, boolean is) {
            KeyValues attributes = attributes().put("plait.slo.state", state.toLowerCase(Locale.ROOT));
            add("plait.slo.state", "1", attributes, point().setAsInt(is ? 1 : 0));
        }

        private KeyValues attributes() {
            return new KeyValues().putAll(status.map("group")).put("plait.slo.name", status.text("slo"));
        }

        private NumberDataPoint.Builder point() {
            return NumberDataPoint.newBuilder().setTimeUnixNano(timeEpochNanos);
        }

        private void add(String name, String unit, KeyValues attributes, NumberDataPoint.Builder point) {
            items.add(MetricMessages.gauge(
                    resource,
                    name,
                    unit,
                    point.addAllAttributes(attributes.list()).build()));
        }
    }
}
