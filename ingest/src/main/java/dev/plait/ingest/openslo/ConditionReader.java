package dev.plait.ingest.openslo;

import dev.plait.ingest.openslo.Condition.Op;
import dev.plait.schemas.model.SloBounds;
import dev.plait.schemas.model.SloDefinition.Measure;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reads alert conditions. Besides OpenSLO's {@code burnrate} there are {@code error-rate} (bad by total), {@code request-rate}
 * (counted requests a second) and {@code absence} (nothing counted for the lookback window). The annotation
 * {@value #SHORT_WINDOW} gives a burn rate a second window, which must exceed as well.
 */
final class ConditionReader {
    static final String SHORT_WINDOW = "plait.dev/short-window";

    private static final String KINDS = "burnrate, error-rate, request-rate or absence";
    private static final String WINDOW = "a duration such as 5m or 6h, from 10s to 366d";
    private static final long MIN_WINDOW_MS = 10_000;

    private final Problems problems;
    private final Map<OpenSloObject, Optional<Condition>> read = new HashMap<>();

    ConditionReader(Problems problems) {
        this.problems = problems;
    }

    /** Empty when there was a problem, which is noted once. */
    Optional<Condition> read(OpenSloObject object) {
        Optional<Condition> known = read.get(object);
        if (known == null) {
            int before = problems.count();
            Optional<Condition> condition = condition(object);
            known = problems.count() == before ? condition : Optional.empty();
            read.put(object, known);
        }
        return known;
    }

    private Optional<Condition> condition(OpenSloObject object) {
        object.checkAnnotations(Set.of(SHORT_WINDOW));
        Fields spec = object.spec();
        spec.ignore("description");
        String severity = severity(spec);
        Optional<Fields> fields = spec.object("condition", "a mapping with kind and lookbackWindow");
        spec.end();
        return fields.flatMap(condition -> condition(object, severity, condition));
    }

    private static String severity(Fields spec) {
        String right = "page, ticket or another word of at most " + SloBounds.MAX_NAME + " characters";
        String severity = spec.text("severity", right).orElse("");
        if (severity.length() > SloBounds.MAX_NAME) {
            spec.wrong("severity", right);
        }
        return severity;
    }

    private static Optional<Condition> condition(OpenSloObject object, String severity, Fields condition) {
        String kind = condition.optionalText("kind", KINDS).orElse("burnrate");
        Optional<Measure> measure = switch (kind) {
            case "burnrate" -> Optional.of(Measure.BURN_RATE);
            case "error-rate" -> Optional.of(Measure.ERROR_RATIO);
            case "request-rate" -> Optional.of(Measure.REQUEST_RATE);
            default -> Optional.empty();
        };
        if (measure.isEmpty() && !kind.equals("absence")) {
            condition.wrong("kind", KINDS);
            return Optional.empty();
        }
        Op op = op(condition, measure);
        double threshold = threshold(condition, measure);
        long lookbackMs = windowMs(condition, "lookbackWindow");
        long forMs = condition.has("alertAfter") ? forMs(condition) : 0;
        condition.end();
        long shortMs = object.annotations()
                .filter(given -> given.has(SHORT_WINDOW))
                .map(given -> shortMs(given, measure, op, lookbackMs))
                .orElse(lookbackMs);
        return Optional.of(new Condition(severity, measure, op, threshold, lookbackMs, shortMs, forMs));
    }

    private static Op op(Fields condition, Optional<Measure> measure) {
        if (measure.isEmpty()) {
            if (condition.has("op")) {
                condition.problem("op", "an absence is compared with nothing");
            }
            return Op.GT;
        }
        boolean onlyAbove = measure.get() != Measure.REQUEST_RATE;
        String right = onlyAbove ? "gt or gte: below the threshold all is well" : "gt, gte, lt or lte";
        String text = condition.optionalText("op", right).orElse("gt");
        for (Op op : Op.values()) {
            if (op.name().toLowerCase(Locale.ROOT).equals(text) && (op.above || !onlyAbove)) {
                return op;
            }
        }
        condition.wrong("op", right);
        return Op.GT;
    }

    private static double threshold(Fields condition, Optional<Measure> measure) {
        if (measure.isEmpty()) {
            if (condition.has("threshold")) {
                condition.problem("threshold", "an absence has none; its time is lookbackWindow");
            }
            return 0;
        }
        String right = switch (measure.get()) {
            case BURN_RATE -> "a burn rate above 0, such as 14.4";
            case ERROR_RATIO -> "a share of requests from 0 to 1, such as 0.05";
            case REQUEST_RATE -> "requests a second, 0 or more";
        };
        double threshold =
                condition.number("threshold", right).map(Double::parseDouble).orElse(1.0);
        boolean fits = switch (measure.get()) {
            case BURN_RATE -> threshold > 0;
            case ERROR_RATIO -> threshold >= 0 && threshold <= 1;
            case REQUEST_RATE -> threshold >= 0;
        };
        if (!fits || !Double.isFinite(threshold)) {
            condition.wrong("threshold", right);
        }
        return threshold;
    }

    private static long windowMs(Fields fields, String key) {
        OptionalLong nanos = fields.durationNanos(key, WINDOW);
        long ms = TimeUnit.NANOSECONDS.toMillis(nanos.orElse(0));
        if (nanos.isPresent() && (ms < MIN_WINDOW_MS || ms > SloBounds.MAX_WINDOW_MS)) {
            fields.wrong(key, WINDOW);
        }
        return ms;
    }

    private static long forMs(Fields condition) {
        String right = "a duration such as 0m or 5m, at most 366d";
        if (condition
                .text("alertAfter", right)
                .filter(text -> text.matches("0(ms|s|m|h|d|w)?"))
                .isPresent()) {
            return 0;
        }
        long ms = TimeUnit.NANOSECONDS.toMillis(
                condition.durationNanos("alertAfter", right).orElse(0));
        if (ms > SloBounds.MAX_WINDOW_MS) {
            condition.wrong("alertAfter", right);
        }
        return ms;
    }

    private static long shortMs(Fields annotations, Optional<Measure> measure, Op op, long lookbackMs) {
        long ms = windowMs(annotations, SHORT_WINDOW);
        if (measure.filter(Measure.BURN_RATE::equals).isEmpty() || op != Op.GT) {
            annotations.problem(SHORT_WINDOW, "is only for kind: burnrate with op: gt");
        } else if (ms > lookbackMs) {
            annotations.wrong(SHORT_WINDOW, "at most lookbackWindow");
        }
        return ms;
    }
}
