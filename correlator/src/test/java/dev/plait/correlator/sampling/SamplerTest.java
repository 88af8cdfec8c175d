package dev.plait.correlator.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.schemas.model.RequestStatus;
import dev.plait.schemas.model.SamplingDecision;
import dev.plait.schemas.model.TraceId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final TraceId LOWEST = TraceId.ofHex("0000000000000000ff00000000000000");
    private static final TraceId HALF = TraceId.ofHex("00000000000000000080000000000000");
    private static final TraceId BELOW_HALF = TraceId.ofHex("4bf92f3577b34da6ff7fffffffffffff");

    @Test
    void error_isKept() {
        SamplingDecision decision = sampler(0).decide(LOWEST, RequestStatus.ERROR, 5_000, 42);

        assertThat(decision).isEqualTo(new SamplingDecision(LOWEST.hex(), true, "error", 1, 42));
    }

    @Test
    void slowTrace_isKeptOnlyAboveTheLimit() {
        assertThat(sampler(0).decide(LOWEST, RequestStatus.OK, 1_001, 42))
                .isEqualTo(new SamplingDecision(LOWEST.hex(), true, "slow", 1, 42));
        assertThat(sampler(0).decide(LOWEST, RequestStatus.OK, 1_000, 42))
                .isEqualTo(new SamplingDecision(LOWEST.hex(), false, "probability", 0, 42));
    }

    @Test
    void probability_comparesTheLow56BitsWithTheThreshold() {
        assertThat(keeps(0.5, HALF)).isTrue();
        assertThat(keeps(0.5, BELOW_HALF)).isFalse();
        assertThat(keeps(1, LOWEST)).isTrue();
        assertThat(keeps(0, TraceId.ofHex("ffffffffffffffffffffffffffffffff"))).isFalse();
    }

    @Test
    void bothWidthsOfAnId_areDecidedAlike() {
        TraceId wide = TraceId.ofHex("4bf92f3577b34da6a3ce929d0e0e4736");
        TraceId narrow = TraceId.ofHex("a3ce929d0e0e4736");

        // R = 0xce929d0e0e4736 = 0.8069 of 2^56, so kept from a probability of 0.1931 on
        assertThat(keeps(0.194, wide)).isTrue();
        assertThat(keeps(0.194, narrow)).isTrue();
        assertThat(keeps(0.193, wide)).isFalse();
        assertThat(keeps(0.193, narrow)).isFalse();
    }

    @Property
    void keptTrace_isKeptAtEveryHigherProbability(
            @ForAll long low,
            @ForAll @DoubleRange(min = 0, max = 1) double one,
            @ForAll @DoubleRange(min = 0, max = 1) double other) {
        TraceId trace = new TraceId(0, low == 0 ? 1 : low);

        boolean keptAtLower = keeps(Math.min(one, other), trace);

        assertThat(!keptAtLower || keeps(Math.max(one, other), trace)).isTrue();
    }

    @Test
    void rules_refuseValuesOutOfRange() {
        assertThatThrownBy(() -> new SamplingRules(0, 0.5)).hasMessageContaining("slowNanos");
        assertThatThrownBy(() -> new SamplingRules(1, 1.5)).hasMessageContaining("probability");
        assertThatThrownBy(() -> new SamplingRules(1, Double.NaN)).hasMessageContaining("[0, 1]");
    }

    private static boolean keeps(double probability, TraceId trace) {
        return sampler(probability).decide(trace, RequestStatus.OK, 0, 0).keep();
    }

    private static Sampler sampler(double probability) {
        return new Sampler(new SamplingRules(1_000, probability));
    }
}
