package dev.plait.correlator.slo.sli;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All that an answer depends on.
 *
 * @param wholeMap it may also depend on any entry of the tags or attributes, so it cannot be remembered
 */
record Reads(SortedSet<Slot> slots, boolean wholeMap) {
    static final Reads NOTHING = new Reads(new TreeSet<>(), false);

    Reads {
        slots = Collections.unmodifiableSortedSet(new TreeSet<>(slots));
    }

    Reads and(Reads other) {
        TreeSet<Slot> both = new TreeSet<>(slots);
        both.addAll(other.slots);
        return new Reads(both, wholeMap || other.wholeMap);
    }

    /** Whether it depends only on what takes few values. */
    boolean isPlain() {
        return !wholeMap && slots.stream().noneMatch(Slot::mayVary);
    }
}
