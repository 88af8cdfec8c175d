package dev.plait.app.doctor;

import java.util.List;
import java.util.Map;

/**
 * The application that joins.
 *
 * @param before its group when the run began, {@code after} when it ended
 * @param recordedPartitions of its frames topic, 0 when that is not there
 * @param configuredPartitions what the configuration says
 * @param inputRates records a second of each input topic
 * @param unread topics that nobody reads and whose names are of telemetry, with how many records they hold
 */
record EngineState(
        GroupState before,
        GroupState after,
        int recordedPartitions,
        int configuredPartitions,
        Map<String, Double> inputRates,
        List<Unread> unread) {
    /** A topic that no source covers. */
    record Unread(String topic, long records) {}

    EngineState {
        inputRates = Map.copyOf(inputRates);
        unread = List.copyOf(unread);
    }
}
