package dev.plait.correlator.metric;

import dev.plait.correlator.red.PackedReader;
import dev.plait.correlator.red.PackedWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * How much was counted in each slot of a histogram (in slot 0 of a sum): positive counts by ascending slot, whose sum is below
 * 2^63. Immutable. Differences and regrouping are linear in the number of slots.
 */
final class Counts {
    static final Counts NONE = new Counts(new long[0], new long[0]);

    private final long[] slots;
    private final long[] counts;

    private Counts(long[] slots, long[] counts) {
        this.slots = slots;
        this.counts = counts;
    }

    interface Each {
        void slot(long slot, long count);
    }

    /** Collects counts of slots that do not descend; those of the same slot are added, and zeros left out. */
    static final class Builder {
        private long[] slots = new long[16];
        private long[] counts = new long[16];
        private int size;

        void add(long slot, long count) {
            if (count == 0) {
                return;
            }
            if (size > 0 && slots[size - 1] == slot) {
                counts[size - 1] += count;
                return;
            }
            if (size == slots.length) {
                slots = Arrays.copyOf(slots, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            slots[size] = slot;
            counts[size++] = count;
        }

        Counts build() {
            return size == 0 ? NONE : new Counts(Arrays.copyOf(slots, size), Arrays.copyOf(counts, size));
        }
    }

    /** All in slot 0. */
    static Counts of(long count) {
        return count == 0 ? NONE : new Counts(new long[] {0}, new long[] {count});
    }

    boolean isEmpty() {
        return slots.length == 0;
    }

    long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    void forEach(Each each) {
        for (int i = 0; i < slots.length; i++) {
            each.slot(slots[i], counts[i]);
        }
    }

    /** What is more in these than in {@code earlier}; empty when something is less. */
    Optional<Counts> minus(Counts earlier) {
        Builder more = new Builder();
        int next = 0;
        for (int i = 0; i < slots.length; i++) {
            long before = 0;
            if (next < earlier.slots.length && earlier.slots[next] == slots[i]) {
                before = earlier.counts[next++];
            }
            if (before > counts[i]) {
                return Optional.empty();
            }
            more.add(slots[i], counts[i] - before);
        }
        return next == earlier.slots.length ? Optional.of(more.build()) : Optional.empty();
    }

    /** The same counts in other slots; {@code slotOf} must not descend as its argument ascends. */
    Counts regrouped(LongUnaryOperator slotOf) {
        Builder regrouped = new Builder();
        forEach((slot, count) -> regrouped.add(slotOf.applyAsLong(slot), count));
        return regrouped.build();
    }

    /** The number of slots, the first slot, the gaps to the others, the counts: all as varints. */
    void write(PackedWriter out) {
        out.unsigned(slots.length);
        for (int i = 0; i < slots.length; i++) {
            if (i == 0) {
                out.signed(slots[0]);
            } else {
                out.unsigned(slots[i] - slots[i - 1]);
            }
            out.unsigned(counts[i]);
        }
    }

    static Counts read(PackedReader in) {
        Builder read = new Builder();
        long slot = 0;
        int size = in.count();
        for (int i = 0; i < size; i++) {
            slot = i == 0 ? in.signed() : slot + in.unsigned();
            read.add(slot, in.unsigned());
        }
        return read.build();
    }
}
