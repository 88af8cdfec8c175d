package dev.plait.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.SloStatus;
import dev.plait.schemas.wire.SloJson;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SloItemsTest {
    private static final SloStatus STATUS = new SloStatus(
            "orders-availability",
            "orders",
            Map.of("route", "orders-v1"),
            0.999,
            30,
            1_767_225_600_000L,
            990,
            10,
            1000,
            0.01,
            -9,
            OptionalLong.empty(),
            List.of(new SloStatus.Burn("page", "1h", "5m", 14.4, 10, 20.5, true)),
            SloStatus.State.FIRING);

    @Test
    void status_becomesGauges() {
        List<String> lines = lines(STATUS);

        assertThat(lines)
                .containsExactly(
                        "plait.slo.good 990 {plait.slo.name=orders-availability, route=orders-v1}",
                        "plait.slo.bad 10 {plait.slo.name=orders-availability, route=orders-v1}",
                        "plait.slo.total 1000 {plait.slo.name=orders-availability, route=orders-v1}",
                        "plait.slo.target 0.999 {plait.slo.name=orders-availability, route=orders-v1}",
                        "plait.slo.error_ratio 0.01 {plait.slo.name=orders-availability, route=orders-v1}",
                        "plait.slo.budget_remaining -9.0 {plait.slo.name=orders-availability, route=orders-v1}",
                        "plait.slo.burn_rate 10.0 {plait.slo.name=orders-availability, plait.slo.severity=page,"
                                + " plait.slo.window=1h, route=orders-v1}",
                        "plait.slo.burn_rate 20.5 {plait.slo.name=orders-availability, plait.slo.severity=page,"
                                + " plait.slo.window=5m, route=orders-v1}",
                        "plait.slo.state 0 {plait.slo.name=orders-availability, plait.slo.state=ok, route=orders-v1}",
                        "plait.slo.state 0 {plait.slo.name=orders-availability, plait.slo.state=pending,"
                                + " route=orders-v1}",
                        "plait.slo.state 1 {plait.slo.name=orders-availability, plait.slo.state=firing,"
                                + " route=orders-v1}",
                        "plait.slo.state 0 {plait.slo.name=orders-availability, plait.slo.state=insufficient_data,"
                                + " route=orders-v1}",
                        "plait.slo.state 0 {plait.slo.name=orders-availability, plait.slo.state=no_data,"
                                + " route=orders-v1}");
    }

    private static List<String> lines(SloStatus status) {
        List<String> lines = new ArrayList<>();
        for (Item item : new SloItems().of(Records.view(SloJson.write(status)))) {
            Metric metric = (Metric) item.message();
            NumberDataPoint point = metric.getGauge().getDataPoints(0);
            assertThat(point.getTimeUnixNano()).isEqualTo(1_767_225_600_000_000_000L);
            Object value = switch (point.getValueCase()) {
                case AS_INT -> point.getAsInt();
                case AS_DOUBLE -> point.getAsDouble();
                default -> "none";
            };
            lines.add(metric.getName() + " " + value + " "
                    + new TreeMap<>(RedItemsTest.attributes(point.getAttributesList())));
        }
        return lines;
    }
}
