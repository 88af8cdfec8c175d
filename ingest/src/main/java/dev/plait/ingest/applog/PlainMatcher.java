package dev.plait.ingest.applog;

import dev.plait.ingest.applog.PlainPattern.Step;
import java.util.Arrays;

/**
 * Finds a {@link PlainPattern} in UTF-8. Time is linear in the line: each beginning is tried with every step at most once, and a
 * step that begins in a run of its characters which it went through before knows where that ends. Not thread safe.
 */
final class PlainMatcher {
    private final PlainPattern pattern;
    private final Step[] steps;
    /** Of each step the end of the last run; the next beginning is never before it began, as all steps take what they can. */
    private final int[] runEnds;

    /** Of the shortest match. */
    private final int minBytes;

    private final int[] groups;
    private byte[] bytes = {};
    private int end;

    PlainMatcher(PlainPattern pattern) {
        this.pattern = pattern;
        this.steps = pattern.steps().toArray(Step[]::new);
        this.runEnds = new int[steps.length];
        this.minBytes = pattern.steps().stream().mapToInt(Step::min).sum();
        this.groups = new int[2 * pattern.groups()];
    }

    /** Looks for the leftmost match in {@code [from, to)}. */
    boolean find(byte[] line, int from, int to) {
        bytes = line;
        end = to;
        Arrays.fill(runEnds, from);
        int last = pattern.atStart() ? Math.min(from, to - minBytes) : to - minBytes;
        for (int start = from; start <= last; start++) {
            if (mayBegin(start) && matches(start)) {
                return true;
            }
        }
        return false;
    }

    /** Where a group of the last match begins. */
    int start(int group) {
        return groups[2 * group];
    }

    int end(int group) {
        return groups[2 * group + 1];
    }

    private boolean mayBegin(int start) {
        if (start == end) {
            return pattern.first().isEmpty();
        }
        return !isInside(start)
                && (pattern.first().isEmpty() || pattern.first().get().has(bytes[start]));
    }

    private boolean matches(int start) {
        int at = start;
        for (int i = 0; i < steps.length; i++) {
            Step step = steps[i];
            if (step.group() >= 0) {
                groups[step.group()] = at;
            } else {
                at = after(i, at);
                if (at < 0) {
                    return false;
                }
            }
        }
        return !pattern.atEnd() || at == end;
    }

    /** Where the characters end that a step takes from {@code from}; -1 when they are too few. */
    private int after(int number, int from) {
        Step step = steps[number];
        ByteSet set = step.set().orElseThrow();
        boolean unbounded = step.max() == Step.UNBOUNDED;
        int most = unbounded ? step.min() : step.max();
        int at = from;
        int count = 0;
        for (; count < most && at < end && set.has(bytes[at]); count++) {
            do {
                at++;
            } while (isInside(at));
        }
        if (count < step.min()) {
            return -1;
        }
        if (unbounded && at >= runEnds[number]) {
            int runEnd = at;
            while (runEnd < end && set.has(bytes[runEnd])) {
                runEnd++;
            }
            runEnds[number] = runEnd;
        }
        return unbounded ? runEnds[number] : at;
    }

    /** Whether a character of several bytes began before. */
    private boolean isInside(int at) {
        return at < end && (bytes[at] & 0xC0) == 0x80;
    }
}
