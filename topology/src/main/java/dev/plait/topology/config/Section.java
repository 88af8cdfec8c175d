package dev.plait.topology.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mapping of the configuration, as text values by key. Every key that is asked for is known; {@link #end} refuses the
 * others. Durations are a number with {@code ms}, {@code s}, {@code m} or {@code h}; sizes a number with {@code B},
 * {@code KiB}, {@code MiB} or {@code GiB}.
 */
final class Section {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)?");

    private final String name;
    private final Map<String, String> values;
    private final Set<String> asked = new LinkedHashSet<>();

    Section(String name, Map<String, String> values) {
        this.name = name;
        this.values = values;
    }

    String text(String key, String byDefault) {
        asked.add(key);
        return values.getOrDefault(key, byDefault);
    }

    /** The values of a list; none when the key is absent. */
    List<String> list(String key) {
        return Arrays.stream(text(key, "").split(","))
                .map(String::trim)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The lines of a text; none when the key is absent. */
    List<String> lines(String key) {
        return text(key, "").lines().filter(line -> !line.isBlank()).toList();
    }

    boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    int whole(String key, int byDefault, int least, int most) {
        String text = text(key, Integer.toString(byDefault));
        long value = text.matches("-?\\d{1,10}") ? Long.parseLong(text) : Long.MIN_VALUE;
        if (value < least || value > most) {
            throw bad(key, text, "a whole number from " + least + " to " + most);
        }
        return (int) value;
    }

    double ratio(String key, double byDefault) {
        String text = text(key, Double.toString(byDefault));
        double value = text.matches("\\d{1,3}(\\.\\d{1,9})?") ? Double.parseDouble(text) : -1;
        if (value < 0 || value > 1) {
            throw bad(key, text, "a number from 0 to 1");
        }
        return value;
    }

    Duration duration(String key, Duration byDefault, Duration least, Duration most) {
        if (!has(key)) {
            return byDefault;
        }
        String text = text(key, "");
        Matcher matcher = DURATION.matcher(text.trim());
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration value = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
            if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                return value;
            }
        }
        throw bad(key, text, "a duration such as 500ms, 6s or 10m, from " + say(least) + " to " + say(most));
    }

    long sizeBytes(String key, long byDefault, long least, long most) {
        if (!has(key)) {
            return byDefault;
        }
        String text = text(key, "");
        Matcher matcher = SIZE.matcher(text.trim());
        if (matcher.matches()) {
            String unit = matcher.group(2);
            long factor =
                    "GiB".equals(unit) ? 1L << 30 : "MiB".equals(unit) ? 1 << 20 : "KiB".equals(unit) ? 1 << 10 : 1;
            long value = Long.parseLong(matcher.group(1)) * factor;
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw bad(key, text, "a size such as 512KiB or 1MiB, from " + least + " to " + most + " bytes");
    }

    ConfigException bad(String key, Object value, String right) {
        return ConfigException.bad(name + "." + key, value, right);
    }

    /** Refuses keys that nobody asked for. */
    void end() {
        for (String key : new TreeSet<>(values.keySet())) {
            if (!asked.contains(key)) {
                throw new ConfigException(name + "." + key + ": unknown key; known are " + String.join(", ", asked));
            }
        }
    }

    private static String say(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
