package dev.plait.correlator.slo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SloKeyTest {
    @Test
    void key_hasItsGroupByName() {
        assertThat(SloTracker.key("pay", Map.of())).isEqualTo("pay");
        assertThat(SloTracker.key("pay", Map.of("route", "pay-v1", "region", "eu")))
                .isEqualTo("pay/region=eu,route=pay-v1");
    }

    @Test
    void differentGroups_haveDifferentKeys() {
        assertThat(SloTracker.key("pay", Map.of("a", "1,b=2"))).isEqualTo("pay/a=1%2Cb%3D2");
        assertThat(SloTracker.key("pay", Map.of("a", "1%2Cb%3D2"))).isEqualTo("pay/a=1%252Cb%253D2");
        assertThat(SloTracker.key("pay/a=1", Map.of())).isNotEqualTo(SloTracker.key("pay", Map.of("a", "1")));
        assertThat(SloTracker.key("pay", Map.of("a", ""))).isEqualTo("pay/a=");
        assertThat(SloTracker.key("pay", Map.of("a", "\0\n"))).isEqualTo("pay/a=%00%0A");
    }
}
