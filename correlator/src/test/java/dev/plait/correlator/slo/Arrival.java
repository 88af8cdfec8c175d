package dev.plait.correlator.slo;

import dev.plait.schemas.model.Alert;
import java.util.List;

/** Requests of one moment, and when they came. */
record Arrival(long atMs, long timeMs, long good, long bad) {
    SloCount count() {
        List<SloCount.Contribution> contributions = bad == 0
                ? List.of()
                : List.of(
                        new SloCount.Contribution("service", "bank", bad),
                        new SloCount.Contribution("status", timeMs % 3 == 0 ? "503" : "504", bad));
        List<Alert.LogLine> logs = List.of();
        return new SloCount(
                Math.floorDiv(timeMs, SloCount.BUCKET_MS) * SloCount.BUCKET_MS, good, bad, contributions, logs);
    }
}
