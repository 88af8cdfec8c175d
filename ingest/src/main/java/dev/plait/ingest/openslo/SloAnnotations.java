package dev.plait.ingest.openslo;

import dev.plait.schemas.model.SloBounds;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Plait knows of an SLO beside OpenSLO: {@code metadata.annotations}. */
record SloAnnotations(List<String> groupBy, long minEvents, long minBad) {
    private static final String GROUP_BY = "plait.dev/group-by";
    private static final String MIN_EVENTS = "plait.dev/min-events";
    private static final String MIN_BAD = "plait.dev/min-bad";
    private static final Pattern NAME = Pattern.compile("[^\\s,/=]([^\\s,=]*[^\\s,=])?");

    /** The low-traffic floor of design. */
    private static final SloAnnotations DEFAULTS = new SloAnnotations(List.of(), 10, 3);

    static SloAnnotations of(OpenSloObject slo) {
        slo.checkAnnotations(new LinkedHashSet<>(List.of(GROUP_BY, MIN_EVENTS, MIN_BAD)));
        return slo.annotations()
                .map(given -> new SloAnnotations(
                        groupBy(given),
                        whole(given, MIN_EVENTS, DEFAULTS.minEvents),
                        whole(given, MIN_BAD, DEFAULTS.minBad)))
                .orElse(DEFAULTS);
    }

    private static List<String> groupBy(Fields annotations) {
        String right = "at most " + SloBounds.MAX_GROUP_BY
                + " different names of request fields, tags or attributes with commas between, such as route,region";
        Optional<String> text = annotations.optionalText(GROUP_BY, right);
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> names =
                Stream.of(text.get().split(",", -1)).map(String::strip).toList();
        boolean fits = names.size() <= SloBounds.MAX_GROUP_BY
                && new HashSet<>(names).size() == names.size()
                && names.stream()
                        .allMatch(name -> name.length() <= SloBounds.MAX_NAME
                                && NAME.matcher(name).matches());
        if (!fits) {
            annotations.wrong(GROUP_BY, right);
            return List.of();
        }
        return names;
    }

    private static long whole(Fields annotations, String key, long byDefault) {
        String right = "a whole number from 0 to 1000000000";
        Optional<String> text = annotations.optionalText(key, right);
        if (text.isEmpty()) {
            return byDefault;
        }
        if (!text.get().matches("\\d{1,10}") || Long.parseLong(text.get()) > 1_000_000_000) {
            annotations.wrong(key, right);
            return byDefault;
        }
        return Long.parseLong(text.get());
    }
}
