package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TraceRulesTest {
    @Test
    void defaults_areThoseOfTheDesign() {
        assertThat(TraceRules.defaults())
                .isEqualTo(new TraceRules(6_000, 10_000, 60_000, 30_000, 600_000, 10_000, 1 << 20));
    }

    @Test
    void rules_refuseWhatIsOutOfRangeNamingTheKey() {
        assertThatThrownBy(() -> new TraceRules(0, 10, 60, 30, 100, 4, 1 << 10))
                .hasMessage("traces.after-root: 0 is not in 1 to 86400000");
        assertThatThrownBy(() -> new TraceRules(6, 10, 9, 30, 100, 4, 1 << 10))
                .hasMessage("traces.max-age: 9 is not in 10 to 86400000");
        assertThatThrownBy(() -> new TraceRules(6, 10, 60, 101, 100, 4, 1 << 10))
                .hasMessage("traces.keep-closed: 101 is not in 1 to 100");
        assertThatThrownBy(() -> new TraceRules(6, 10, 60, 30, 100, 0, 1 << 10))
                .hasMessage("traces.max-spans: 0 is not in 1 to 1000000");
        assertThatThrownBy(() -> new TraceRules(6, 10, 60, 30, 100, 4, 1023))
                .hasMessage("traces.max-bytes: 1023 is not in 1024 to 67108864");
    }
}
