package dev.plait.correlator.alert;

import dev.plait.correlator.slo.SloEvidence;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.Alert.Contributor;
import dev.plait.schemas.model.Alert.RootCauseShare;
import dev.plait.schemas.model.Alert.TraceExample;
import dev.plait.schemas.model.RootCause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Evidence in words. The failing hop is the most frequent root cause; before any trace has closed, what most of the bad
 * requests have in common.
 *
 * @param told dimensions whose value the alert's title says
 */
record EvidenceText(Alert.Evidence evidence, boolean partial, Set<String> told) {
    /** What says most of where a fault is comes first among dimensions of equal shares, and a method last. */
    private static final List<String> TELLING = List.of("route", "service", "status", "consumer");

    private static final String LEAST_TELLING = "method";
    private static final double MOST = 0.5;
    private static final int COMMON_VALUES = 3;
    private static final double NANOS_A_MS = 1e6;

    /** For one line; empty when nothing is known. */
    Optional<String> culprit() {
        if (!evidence.rootCauses().isEmpty()) {
            return Optional.of(words(evidence.rootCauses().get(0)));
        }
        List<Contributor> common = common();
        return common.isEmpty()
                ? Optional.empty()
                : Optional.of("mostly "
                        + common.stream()
                                .map(each -> each.dimension() + " " + each.value())
                                .collect(Collectors.joining(", ")));
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (!evidence.rootCauses().isEmpty()) {
            sentences.add("Failing hop: "
                    + evidence.rootCauses().stream()
                            .limit(2)
                            .map(cause -> words(cause) + ", " + Phrases.percent(cause.share()))
                            .collect(Collectors.joining("; then "))
                    + " of the failed traces.");
        }
        List<Contributor> common = common();
        if (!common.isEmpty()) {
            sentences.add("Of the failed requests "
                    + common.stream()
                            .map(each ->
                                    Phrases.percent(each.share()) + " have " + each.dimension() + " " + each.value())
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        if (partial) {
            sentences.add("There were more distinct values than are kept, so shares are at least that.");
        }
        if (!evidence.traces().isEmpty()) {
            sentences.add(look(evidence.traces().get(0)));
        } else if (!common.isEmpty()) {
            sentences.add("No trace of a failed request is known yet.");
        }
        if (!evidence.logs().isEmpty()) {
            Alert.LogLine log = evidence.logs().get(0);
            sentences.add("Logged" + log.service().map(by -> " by " + by).orElse("") + ": " + log.body());
        }
        return sentences;
    }

    private static String look(TraceExample trace) {
        return "Look at trace " + trace.traceId() + " (" + trace.service()
                + trace.route().map(route -> ", " + route).orElse("") + ", "
                + Phrases.count(Math.round(trace.durationNanos() / NANOS_A_MS)) + " ms).";
    }

    private static String words(RootCauseShare cause) {
        String operation = cause.operation();
        if (operation.endsWith(SloEvidence.SLOW)) {
            return cause.service() + " " + operation.substring(0, operation.length() - SloEvidence.SLOW.length())
                    + " took most of the time";
        }
        boolean named = !operation.isEmpty() && !operation.equals(cause.service());
        return cause.service() + (named ? " " + operation : "") + why(cause.kind());
    }

    private static String why(RootCause.Kind kind) {
        return switch (kind) {
            case UPSTREAM -> " failed";
            case GATEWAY -> " failed (in the gateway)";
            case NETWORK -> " failed (its peer was not reached)";
            case CLIENT -> " was cancelled (by the client)";
            case UNKNOWN -> " failed (cause unknown)";
        };
    }

    /** The value that most bad requests have, of each dimension that is not told yet, three at most. */
    private List<Contributor> common() {
        Set<String> dimensions = new HashSet<>();
        return evidence.contributors().stream()
                .filter(each -> each.share() >= MOST && !told.contains(each.dimension()))
                .sorted(Comparator.comparingDouble(Contributor::share)
                        .reversed()
                        .thenComparingInt(each -> rank(each.dimension())))
                .filter(each -> dimensions.add(each.dimension()))
                .limit(COMMON_VALUES)
                .toList();
    }

    private static int rank(String dimension) {
        int telling = TELLING.indexOf(dimension);
        return telling >= 0 ? telling : dimension.equals(LEAST_TELLING) ? TELLING.size() + 1 : TELLING.size();
    }
}
