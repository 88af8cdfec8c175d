package dev.plait.correlator.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one group costs that counts 50 requests, a bad one among them now and then, in every ten seconds of 30 days. */
class MemoryTest {
    private static final Map<String, String> GROUP = Map.of("region", "eu-west-1", "route", "orders-v1");
    private static final SloTracker.Output NOBODY = new SloTracker.Output() {
        @Override
        public void status(SloStatus status) {}

        @Override
        public void alert(Alert alert) {}
    };

    @Test
    void denseGroup_staysWithinTheStatedMemory() {
        StoredBytes pages = new StoredBytes();
        SloTracker tracker = new SloTracker(Slos.of(0.9), GROUP, Course.LATE_MS, pages);
        long counts = 0;
        for (long clockMs = 0; clockMs < 31 * Slos.DAY; clockMs += 10_000) {
            long bad = clockMs % 70_000 == 0 ? 1 : 0;
            tracker.count(new SloCount(clockMs, 50, bad, List.of(), List.of()), clockMs + 1);
            counts++;
            if (clockMs % 30_000 == 0) {
                tracker.advance(clockMs, clockMs, NOBODY);
            }
        }

        // keys and values; a page more costs a store on the heap some 150 bytes beside
        assertThat(pages.bytes()).isLessThan(27_000);
        assertThat(pages.size()).isLessThan(110);
        assertThat(pages.written() / counts).isLessThan(200);
    }
}
