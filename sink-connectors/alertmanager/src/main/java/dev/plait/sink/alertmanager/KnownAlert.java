package dev.plait.sink.alertmanager;

import dev.plait.sink.delivery.MalformedRecord;
import dev.plait.sink.delivery.RecordView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the sink keeps of a record of {@code plait-alerts}: what Alertmanager is told. Labels are made such as every version of
 * Alertmanager accepts; those without a value are left out, as it does.
 *
 * @param startsAtMs and {@code endsAtMs}: event time
 * @param updatedAtMs how things stood when the record was written
 * @param trace an example to open, if there is one
 */
record KnownAlert(
        String fingerprint,
        State state,
        Map<String, String> labels,
        Map<String, String> annotations,
        long startsAtMs,
        Optional<Long> endsAtMs,
        long updatedAtMs,
        Optional<String> trace) {
    private static final int MAX_VALUE_CHARS = 4_096;

    enum State {
        PENDING,
        FIRING,
        RESOLVED
    }

    /** @throws MalformedRecord when it is no alert */
    static KnownAlert of(Object value, Map<String, String> more) {
        RecordView alert = RecordView.of(value);
        RecordView evidence = alert.record("evidence");
        List<RecordView> traces = evidence.records("traces");
        Map<String, String> labels = labels(alert.map("labels"));
        more.forEach(labels::putIfAbsent);
        if (labels.getOrDefault("alertname", "").isEmpty()) {
            throw new MalformedRecord("labels.alertname is missing, without which Alertmanager takes no alert");
        }
        long startsAtMs = alert.number("startsAtMs");
        Optional<Long> endsAtMs = alert.optionalNumber("endsAtMs");
        if (startsAtMs < 0 || endsAtMs.isPresent() && endsAtMs.get() < startsAtMs) {
            throw new MalformedRecord("endsAtMs is before startsAtMs, or this before 1970");
        }
        return new KnownAlert(
                alert.text("fingerprint"),
                state(alert.text("state")),
                labels,
                annotations(alert, evidence, traces),
                startsAtMs,
                endsAtMs,
                alert.number("updatedAtMs"),
                traces.stream().findFirst().map(trace -> trace.text("traceId")));
    }

    private static State state(String text) {
        try {
            return State.valueOf(text);
        } catch (IllegalArgumentException unknown) {
            throw new MalformedRecord("state: PENDING, FIRING or RESOLVED is expected");
        }
    }

    private static Map<String, String> labels(Map<String, ?> given) {
        Map<String, String> labels = new TreeMap<>();
        given.forEach((name, value) -> {
            String text = cut(String.valueOf(value));
            if (!text.isEmpty() && labels.put(labelName(name), text) != null) {
                throw new MalformedRecord("labels: two become " + labelName(name));
            }
        });
        return labels;
    }

    /** {@code service.name} becomes {@code service_name}: before version 0.27 no other characters are accepted. */
    private static String labelName(String name) {
        String clean = name.replaceAll("[^a-zA-Z0-9_]", "_");
        return clean.isEmpty() || Character.isDigit(clean.charAt(0)) ? "_" + clean : clean;
    }

    private static Map<String, String> annotations(RecordView alert, RecordView evidence, List<RecordView> traces) {
        Map<String, String> annotations = new TreeMap<>();
        alert.map("annotations").forEach((name, value) -> annotations.put(labelName(name), String.valueOf(value)));
        put(
                annotations,
                "traces",
                String.join(
                        " ", traces.stream().map(trace -> trace.text("traceId")).toList()));
        put(
                annotations,
                "root_causes",
                String.join(
                        "; ",
                        evidence.records("rootCauses").stream()
                                .map(cause -> cause.text("service") + " " + cause.text("operation") + " ("
                                        + percent(cause.real("share")) + ")")
                                .toList()));
        put(
                annotations,
                "contributors",
                String.join(
                        "; ",
                        evidence.records("contributors").stream()
                                .map(one -> one.text("dimension") + "=" + one.text("value") + " ("
                                        + percent(one.real("share")) + ")")
                                .toList()));
        evidence.records("logs").stream().findFirst().ifPresent(log -> put(annotations, "log", log.text("body")));
        alert.optionalReal("budgetRemaining").ifPresent(left -> put(annotations, "budget_remaining", percent(left)));
        return annotations;
    }

    private static void put(Map<String, String> annotations, String name, String text) {
        if (!text.isEmpty()) {
            annotations.putIfAbsent(name, cut(text));
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    /** Not within a character. */
    private static String cut(String text) {
        if (text.length() <= MAX_VALUE_CHARS) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_VALUE_CHARS - 1)) ? MAX_VALUE_CHARS - 1 : MAX_VALUE_CHARS;
        return text.substring(0, end) + "…";
    }
}
