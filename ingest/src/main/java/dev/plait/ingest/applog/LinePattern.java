package dev.plait.ingest.applog;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configured regular expression of lines of text, in RE2's syntax: found anywhere in a line, its named groups are the
 * fields of the log. One group must name the trace. Matching takes time linear in the line, whatever the expression and the
 * line are; its program is bounded.
 */
public final class LinePattern {
    private static final int MAX_PATTERN = 1000;
    private static final int MAX_PROGRAM = 2000;
    private static final long MAX_REPETITIONS = 100_000;
    private static final Pattern COUNTS = Pattern.compile("\\{(\\d*),?(\\d*)\\}");

    private final Pattern regex;
    private final Optional<PlainPattern> plain;
    private final List<Map.Entry<String, Integer>> groups;

    private LinePattern(Pattern regex) {
        this.regex = regex;
        this.plain = PlainPattern.of(regex.pattern());
        this.groups = new ArrayList<>(regex.namedGroups().entrySet());
        groups.sort(Map.Entry.comparingByValue());
    }

    /** Of its text. @throws IllegalArgumentException with a clause that says what is wrong */
    public static LinePattern of(String regex) {
        if (regex.length() > MAX_PATTERN) {
            throw new IllegalArgumentException("it is longer than " + MAX_PATTERN + " characters");
        }
        refuseRepetitions(regex);
        LinePattern lines = new LinePattern(compile(regex));
        if (lines.regex.programSize() > MAX_PROGRAM) {
            throw new IllegalArgumentException("its program is larger than " + MAX_PROGRAM + " steps");
        }
        if (lines.groups.isEmpty()) {
            throw new IllegalArgumentException("it has no named groups, such as (?<trace_id>[0-9a-f]{32})");
        }
        FieldNames names = new FieldNames();
        boolean traced = lines.groups.stream()
                .map(group -> names.of(group.getKey()).map(FieldNames.Name::field))
                .anyMatch(field -> field.equals(Optional.of(LogField.TRACE_ID))
                        || field.equals(Optional.of(LogField.DATADOG_TRACE_ID)));
        if (!traced) {
            throw new IllegalArgumentException("none of its groups is a trace ID, such as (?<trace_id>[0-9a-f]{32})");
        }
        return lines;
    }

    private static Pattern compile(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException invalid) {
            throw new IllegalArgumentException(invalid.getMessage(), invalid);
        }
    }

    /** RE2 writes counted repetitions out, and nested ones multiply: as if each enclosed the others. */
    private static void refuseRepetitions(String regex) {
        long repetitions = 1;
        Matcher counts = COUNTS.matcher(regex);
        while (counts.find()) {
            repetitions *= Math.max(count(counts.group(1)), count(counts.group(2)));
            if (repetitions > MAX_REPETITIONS) {
                throw new IllegalArgumentException("its counted repetitions multiply to more than " + MAX_REPETITIONS);
            }
        }
    }

    private static long count(String digits) {
        if (digits.isEmpty()) {
            return 1;
        }
        return digits.length() > 4 ? MAX_REPETITIONS + 1 : Math.max(1, Long.parseLong(digits));
    }

    Pattern regex() {
        return regex;
    }

    /** The same pattern, if it needs no engine. */
    Optional<PlainPattern> plain() {
        return plain;
    }

    /** Names and numbers of the named groups, in their order. */
    List<Map.Entry<String, Integer>> groups() {
        return groups;
    }
}
