package dev.plait.sink.otlp;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;

/** Metrics of one point: delta sums, gauges, delta histograms. All are of the scope {@code dev.plait}. */
final class MetricMessages {
    static final InstrumentationScope SCOPE =
            InstrumentationScope.newBuilder().setName("dev.plait").build();

    private MetricMessages() {}

    static Item sum(Resource resource, String name, String unit, NumberDataPoint point) {
        Sum sum = Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                .addDataPoints(point)
                .build();
        return Item.of(resource, SCOPE, metric(name, unit).setSum(sum).build());
    }

    static Item gauge(Resource resource, String name, String unit, NumberDataPoint point) {
        Gauge gauge = Gauge.newBuilder().addDataPoints(point).build();
        return Item.of(resource, SCOPE, metric(name, unit).setGauge(gauge).build());
    }

    static Item histogram(Resource resource, String name, String unit, ExponentialHistogramDataPoint point) {
        ExponentialHistogram histogram = ExponentialHistogram.newBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                .addDataPoints(point)
                .build();
        return Item.of(
                resource,
                SCOPE,
                metric(name, unit).setExponentialHistogram(histogram).build());
    }

    /** The resource of a service, without attributes when it has no name. */
    static Resource resource(String service) {
        List<KeyValue> attributes = service.isEmpty()
                ? List.of()
                : new KeyValues().put("service.name", service).list();
        return Resource.newBuilder().addAllAttributes(attributes).build();
    }

    private static Metric.Builder metric(String name, String unit) {
        return Metric.newBuilder().setName(name).setUnit(unit);
    }
}
