package dev.plait.correlator.slo.sli;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Whether a regular expression is legal and small. RE2 takes time linear in the text, but it writes counted repetitions out:
 * {@code ((a{1000}){1000}){1000}} would be a billion instructions. They are multiplied here before RE2 sees the pattern,
 * as if each enclosed the others.
 */
final class RegexCost {
    /** Instructions of RE2's program. Matching a text costs at most this many steps a character. */
    static final int MAX_PROGRAM = 2000;

    private static final int MAX_PATTERN = 1000;
    private static final long MAX_REPETITIONS = 100_000;
    private static final java.util.regex.Pattern REPETITION =
            java.util.regex.Pattern.compile("\\{(\\d*)(?:,(\\d*))?\\}");

    private RegexCost() {}

    static Optional<String> problem(String pattern) {
        if (pattern.length() > MAX_PATTERN) {
            return Optional.of("a pattern of " + pattern.length() + " characters; expected at most " + MAX_PATTERN);
        }
        long repetitions = 1;
        Matcher counts = REPETITION.matcher(pattern);
        while (counts.find()) {
            repetitions *= Math.max(count(counts.group(1)), count(counts.group(2)));
            if (repetitions > MAX_REPETITIONS) {
                return Optional.of("the pattern's repetitions are too many");
            }
        }
        try {
            int size = Pattern.compile(pattern).programSize();
            return size > MAX_PROGRAM ? Optional.of("the pattern is too large") : Optional.empty();
        } catch (PatternSyntaxException notAPattern) {
            return Optional.of(notAPattern.getMessage());
        }
    }

    private static long count(String digits) {
        if (digits == null || digits.isEmpty()) {
            return 1;
        }
        return digits.length() > 4 ? MAX_REPETITIONS + 1 : Math.max(1, Long.parseLong(digits));
    }
}
