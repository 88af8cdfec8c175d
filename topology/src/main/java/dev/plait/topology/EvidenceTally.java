package dev.plait.topology;

import dev.plait.correlator.slo.SloEvidence;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.RootCause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the traces of one sweep tell of the bad requests of one SLO key. */
final class EvidenceTally {
    private static final int MAX_TRACES = 5;
    private static final int MAX_LOGS = 3;
    private static final int MAX_CAUSES = 50;

    private final List<Alert.TraceExample> traces = new ArrayList<>();
    private final Map<Cause, Long> causes = new LinkedHashMap<>();
    private final List<Alert.LogLine> logs = new ArrayList<>();

    void trace(Alert.TraceExample example) {
        if (traces.size() < MAX_TRACES) {
            traces.add(example);
        }
    }

    void cause(RootCause cause) {
        Cause key = new Cause(Cut.of(cause.service()), cut(cause.operation()), cause.kind());
        if (causes.size() < MAX_CAUSES || causes.containsKey(key)) {
            causes.merge(key, 1L, Long::sum);
        }
    }

    /** The mark of a slow operation stays. */
    private static String cut(String operation) {
        return operation.endsWith(SloEvidence.SLOW)
                ? Cut.of(operation.substring(0, operation.length() - SloEvidence.SLOW.length())) + SloEvidence.SLOW
                : Cut.of(operation);
    }

    void log(Alert.LogLine line) {
        if (logs.size() < MAX_LOGS) {
            logs.add(line);
        }
    }

    SloEvidence evidence() {
        List<SloEvidence.CauseCount> counts = new ArrayList<>();
        causes.forEach((cause, count) ->
                counts.add(new SloEvidence.CauseCount(cause.service, cause.operation, cause.kind, count)));
        return new SloEvidence(traces, counts, logs);
    }

    private record Cause(String service, String operation, RootCause.Kind kind) {}
}
