package dev.plait.correlator.slo;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.RootCause;
import java.util.List;

/**
 * What closed traces tell of bad requests of one SLO key.
 *
 * @param traces a few examples
 * @param causes how often each root cause was found
 * @param logs a few lines
 */
public record SloEvidence(List<Alert.TraceExample> traces, List<CauseCount> causes, List<Alert.LogLine> logs) {
    /** Ends the operation of a cause that did not fail, but took most of the time of a request that was too slow. */
    public static final String SLOW = " (slow)";

    public SloEvidence {
        traces = List.copyOf(traces);
        causes = List.copyOf(causes);
        logs = List.copyOf(logs);
    }

    /** Traces with one root cause. */
    public record CauseCount(String service, String operation, RootCause.Kind kind, long count) {}
}
