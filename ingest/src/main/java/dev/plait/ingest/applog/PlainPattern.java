package dev.plait.ingest.applog;

import java.util.List;
import java.util.Optional;

/**
 * A line pattern that is a sequence of repeated sets of characters, where nothing that can follow a repetition begins with one
 * of its characters: each then takes all it can, no choice is ever taken back, and a match is found without an engine. Of all
 * other patterns RE2 finds the match, the same one.
 *
 * @param steps in their order
 * @param groups how many groups there are, with the whole match
 * @param atStart whether it must begin where the line does
 * @param atEnd whether it must end where the line does
 * @param first what a match begins with; empty when it may be empty
 */
record PlainPattern(List<Step> steps, int groups, boolean atStart, boolean atEnd, Optional<ByteSet> first) {
    /**
     * {@code min} to {@code max} characters of a set, or where a group begins or ends.
     *
     * @param set empty where a group begins or ends
     * @param group twice the number of the group that begins or ends here, and one more where it ends; else -1
     */
    record Step(Optional<ByteSet> set, int min, int max, int group) {
        static final int UNBOUNDED = Integer.MAX_VALUE;

        static Step characters(ByteSet set, int min, int max) {
            return new Step(Optional.of(set), min, max, -1);
        }

        static Step group(int group) {
            return new Step(Optional.empty(), 0, 0, group);
        }
    }

    /** Of an expression that RE2 takes; empty when it is no such pattern. */
    static Optional<PlainPattern> of(String regex) {
        return new PlainPatternParser(regex).parse();
    }

    /** Empty when a repetition would have to leave characters to what follows. */
    static Optional<PlainPattern> ofSteps(List<Step> steps, int groups, boolean atStart, boolean atEnd) {
        ByteSet next = new ByteSet();
        boolean mayEnd = true;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (step.max() == 0) {
                continue;
            }
            ByteSet set = step.set().orElseThrow();
            boolean takesAll = mayEnd && !atEnd;
            if (step.min() < step.max() && !takesAll && set.meets(next)) {
                return Optional.empty();
            }
            next = step.min() == 0 ? next.or(set) : set;
            mayEnd &= step.min() == 0;
        }
        return Optional.of(new PlainPattern(
                List.copyOf(steps), groups, atStart, atEnd, mayEnd ? Optional.empty() : Optional.of(next)));
    }
}
