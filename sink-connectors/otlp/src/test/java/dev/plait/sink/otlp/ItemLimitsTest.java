package dev.plait.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.sink.delivery.MalformedRecord;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemLimitsTest {
    @Test
    void longKeysAndValues_areCut() {
        List<KeyValue> cut = attributes(ItemLimits.DYNATRACE.applied(point(1, "k".repeat(150), "v".repeat(300))));

        assertThat(cut.get(0).getKey()).hasSize(100);
        assertThat(cut.get(0).getValue().getStringValue()).hasSize(255);
    }

    @Test
    void pointOfFiftyAttributes_isLeftAsItIs() {
        Item point = point(50, "k", "v");

        assertThat(ItemLimits.DYNATRACE.applied(point)).isEqualTo(point);
    }

    @Test
    void pointOfMoreAttributes_isRefused() {
        assertThatThrownBy(() -> ItemLimits.DYNATRACE.applied(point(51, "k", "v")))
                .isInstanceOf(MalformedRecord.class)
                .hasMessageContaining("51 attributes");
        assertThat(ItemLimits.NONE.applied(point(51, "k", "v"))).isEqualTo(point(51, "k", "v"));
    }

    private static Item point(int attributes, String key, String value) {
        KeyValues list = new KeyValues();
        for (int i = 0; i < attributes; i++) {
            list.put(attributes == 1 ? key : key + i, value);
        }
        return MetricMessages.sum(
                Resource.getDefaultInstance(),
                "calls",
                "1",
                NumberDataPoint.newBuilder().addAllAttributes(list.list()).build());
    }

    private static List<KeyValue> attributes(Item item) {
        return ((Metric) item.message()).getSum().getDataPoints(0).getAttributesList();
    }
}
