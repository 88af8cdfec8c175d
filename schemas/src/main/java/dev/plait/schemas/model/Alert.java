package dev.plait.schemas.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One alert as it stands: the value of {@code plait-alerts}, keyed by {@code fingerprint}. A higher {@code revision} replaces
 * a lower one; a firing alert is written again at least every minute. Times are event time in milliseconds.
 *
 * @param fingerprint 16 hex digits of the SHA-256 over the sorted labels
 * @param labels identify it: {@code alertname}, {@code severity}, {@code slo}, {@code service} and the group's keys
 * @param annotations {@code summary} and {@code description}
 */
public record Alert(
        String fingerprint,
        int revision,
        String name,
        Kind kind,
        State state,
        String severity,
        Optional<String> slo,
        Optional<String> service,
        Map<String, String> labels,
        Map<String, String> annotations,
        long startsAtMs,
        OptionalLong endsAtMs,
        long updatedAtMs,
        List<SloStatus.Burn> burn,
        Counts counts,
        OptionalDouble budgetRemaining,
        OptionalLong exhaustsAtMs,
        Evidence evidence) {
    public Alert {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        burn = List.copyOf(burn);
    }

    /** The next revision, in which it is over; all else as it was. */
    public Alert resolved(long endsAtMs, long updatedAtMs, Map<String, String> annotations) {
        return new Alert(
                fingerprint,
                revision + 1,
                name,
                kind,
                State.RESOLVED,
                severity,
                slo,
                service,
                labels,
                annotations,
                startsAtMs,
                OptionalLong.of(endsAtMs),
                updatedAtMs,
                burn,
                counts,
                budgetRemaining,
                exhaustsAtMs,
                evidence);
    }

    /** What it watches. */
    public enum Kind {
        BURN_RATE,
        THRESHOLD,
        ABSENCE
    }

    /** Where it is in its life. */
    public enum State {
        PENDING,
        FIRING,
        RESOLVED
    }

    /** Requests in the alert's long window. */
    public record Counts(long good, long bad, long total) {}

    /** At most 5 traces, 10 contributors, 5 root causes, 5 logs. */
    public record Evidence(
            List<TraceExample> traces,
            List<Contributor> contributors,
            List<RootCauseShare> rootCauses,
            List<LogLine> logs) {
        public static final Evidence NONE = new Evidence(List.of(), List.of(), List.of(), List.of());

        public Evidence {
            traces = List.copyOf(traces);
            contributors = List.copyOf(contributors);
            rootCauses = List.copyOf(rootCauses);
            logs = List.copyOf(logs);
        }
    }

    /** A bad request whose trace can be opened. {@code status} is 0 when there was none. */
    public record TraceExample(
            String traceId, String service, Optional<String> route, int status, long durationNanos, boolean error) {}

    /** A value of a dimension, and its share of the bad requests. */
    public record Contributor(String dimension, String value, long bad, double share) {}

    /** A root cause of failed requests, and its share among those whose cause is known. */
    public record RootCauseShare(String service, String operation, RootCause.Kind kind, long count, double share) {}

    /** A log line of a bad request. */
    public record LogLine(Optional<String> traceId, Optional<String> service, Optional<String> severity, String body) {}
}
