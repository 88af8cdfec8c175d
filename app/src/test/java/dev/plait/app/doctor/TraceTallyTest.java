package dev.plait.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.doctor.TraceTally.Fact;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceTallyTest {
    private final TraceTally tally = new TraceTally();

    @Test
    void higherRevision_replacesTheLower() {
        tally.add(trace("a", 1, 1, false));
        tally.add(trace("a", 2, 0, false));
        tally.add(trace("a", 1, 1, false));

        assertThat(tally.traces()).isEqualTo(1);
        assertThat(tally.with(Fact.MISSING_PARENTS)).isZero();
        assertThat(tally.revised()).isEqualTo(1);
    }

    @Test
    void deltaRevision_saysNothingOfTheWhole() {
        tally.add(trace("a", 1, 0, false));
        tally.add(trace("a", 2, 1, true));

        assertThat(tally.with(Fact.MISSING_PARENTS)).isZero();
    }

    @Test
    void missingParent_namesTheServiceBelow() {
        tally.add(trace("a", 1, 1, false));

        assertThat(tally.orphans()).containsExactly(Map.entry("orders", 1L));
    }

    @Test
    void whatIsNoTrace_isCounted() {
        tally.add(Bytes.text("{"));
        tally.add(Bytes.text("[1]"));
        tally.add(null);

        assertThat(tally.unreadable()).isEqualTo(1);
        assertThat(tally.records()).isEqualTo(3);
    }

    private static byte[] trace(String id, int revision, int missing, boolean delta) {
        return Bytes.text("""
                {"traceId":"%s","revision":%d,"delta":%b,"closedBecause":"IDLE","gateway":null,"logs":[],
                 "spans":[{"spanId":"1","parentSpanId":null,"service":"front"},
                          {"spanId":"2","parentSpanId":"1","service":"front"},
                          {"spanId":"3","parentSpanId":"9","service":"orders"}],
                 "verdict":{"complete":false,"rootSeen":true,"gatewayLogSeen":false,"missingParents":%d,
                            "ambiguousId":false,"truncated":false,"maxClockSkewNanos":0}}""".formatted(id, revision, delta, missing));
    }
}
