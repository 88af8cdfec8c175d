package dev.plait.ingest.applog;

import dev.plait.ingest.applog.PlainPattern.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the part of RE2's syntax that most line patterns are written in: characters, sets of ASCII ones and their opposites,
 * repetitions of one of them, groups that are not repeated, and the ends of the line. Expects what RE2 has taken. Used once.
 */
final class PlainPatternParser {
    private static final String OPERATORS = "\\.[]()*+?{}|^$";
    private static final ByteSet DIGIT = ByteSet.range('0', '9');
    private static final ByteSet WORD =
            DIGIT.or(ByteSet.range('a', 'z')).or(ByteSet.range('A', 'Z')).or(ByteSet.of("_"));
    private static final ByteSet BLANK = ByteSet.of("\t\n\f\r ");

    private static final Pattern GROUP = Pattern.compile("\\((?:(\\?:)|\\?P?<\\w+>|(?!\\?))");
    private static final Pattern TIMES = Pattern.compile("\\*|\\+|\\?|\\{(\\d+)(,?)(\\d*)\\}");

    private final String regex;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    PlainPatternParser(String regex) {
        this.regex = regex;
    }

    /** Signals syntax that is not read here. */
    private static final class OtherSyntax extends Exception {
        private static final long serialVersionUID = 1L;
    }

    Optional<PlainPattern> parse() {
        boolean atStart = take('^');
        int groups = 1;
        // where each open group is to be marked as ended; those without a number at 0
        Deque<Integer> open = new ArrayDeque<>();
        try {
            while (at < regex.length() && !isEnd()) {
                Matcher group = matcher(GROUP);
                if (group.lookingAt()) {
                    at = group.end();
                    int number = group.group(1) == null ? groups++ : 0;
                    open.push(2 * number + 1);
                    mark(2 * number);
                } else if (take(')')) {
                    mark(open.pop());
                    refuseTimes();
                } else {
                    repeated(set());
                }
            }
        } catch (OtherSyntax other) {
            return Optional.empty();
        }
        return PlainPattern.ofSteps(steps, groups, atStart, at < regex.length());
    }

    private boolean isEnd() {
        return at == regex.length() - 1 && regex.charAt(at) == '$';
    }

    private void mark(int place) {
        if (place > 1) {
            steps.add(Step.group(place));
        }
    }

    private void refuseTimes() throws OtherSyntax {
        if (matcher(TIMES).lookingAt()) {
            throw new OtherSyntax();
        }
    }

    private void repeated(ByteSet set) throws OtherSyntax {
        Matcher times = matcher(TIMES);
        if (!times.lookingAt()) {
            steps.add(Step.characters(set, 1, 1));
            return;
        }
        at = times.end();
        // as few as possible, or repeated twice
        refuseTimes();
        steps.add(
                switch (times.group().charAt(0)) {
                    case '*' -> Step.characters(set, 0, Step.UNBOUNDED);
                    case '+' -> Step.characters(set, 1, Step.UNBOUNDED);
                    case '?' -> Step.characters(set, 0, 1);
                    default -> counted(set, times);
                });
    }

    private static Step counted(ByteSet set, Matcher times) {
        int min = Integer.parseInt(times.group(1));
        if (times.group(2).isEmpty()) {
            return Step.characters(set, min, min);
        }
        return Step.characters(set, min, times.group(3).isEmpty() ? Step.UNBOUNDED : Integer.parseInt(times.group(3)));
    }

    private ByteSet set() throws OtherSyntax {
        if (take('.')) {
            return ByteSet.of("\n").not();
        }
        return take('[') ? listed() : single();
    }

    /** A character, or the letter for a set. */
    private ByteSet single() throws OtherSyntax {
        boolean escaped = take('\\');
        char c = next();
        if (escaped && Character.isLetterOrDigit(c)) {
            return switch (c) {
                case 'd' -> DIGIT;
                case 'D' -> DIGIT.not();
                case 'w' -> WORD;
                case 'W' -> WORD.not();
                case 's' -> BLANK;
                case 'S' -> BLANK.not();
                case 't' -> ByteSet.of("\t");
                default -> throw new OtherSyntax();
            };
        }
        if (!escaped && OPERATORS.indexOf(c) >= 0) {
            throw new OtherSyntax();
        }
        return ByteSet.of(String.valueOf(c));
    }

    /** What stands in brackets. */
    private ByteSet listed() throws OtherSyntax {
        boolean others = take('^');
        ByteSet set = new ByteSet();
        do {
            set = set.or(member());
        } while (!take(']'));
        return others ? set.not() : set;
    }

    private ByteSet member() throws OtherSyntax {
        if (at < regex.length() && regex.charAt(at) == '\\') {
            return single();
        }
        char first = next();
        if ("[]-".indexOf(first) >= 0) {
            throw new OtherSyntax();
        }
        if (at + 1 < regex.length() && regex.charAt(at) == '-') {
            at++;
            char last = next();
            if ("[]\\".indexOf(last) >= 0) {
                throw new OtherSyntax();
            }
            return ByteSet.range(first, last);
        }
        return ByteSet.of(String.valueOf(first));
    }

    private char next() throws OtherSyntax {
        if (at == regex.length() || regex.charAt(at) > '~') {
            throw new OtherSyntax();
        }
        return regex.charAt(at++);
    }

    private boolean take(char c) {
        boolean there = at < regex.length() && regex.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(regex).region(at, regex.length());
    }
}
