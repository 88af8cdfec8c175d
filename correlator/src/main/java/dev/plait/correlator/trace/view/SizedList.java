package dev.plait.correlator.trace.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Items in their order, whose sizes are known, from which bytes can be saved. Ties fall on the later item. */
final class SizedList<T> {
    private final List<T> items;
    private final ToLongFunction<? super T> size;
    private final long[] sizes;
    private int dropped;

    SizedList(List<T> items, ToLongFunction<? super T> size) {
        this.items = new ArrayList<>(items);
        this.size = size;
        sizes = items.stream().mapToLong(size).toArray();
    }

    /** What is left, in order. */
    List<T> items() {
        return items.stream().filter(item -> item != null).toList();
    }

    /** How many were taken out. */
    int dropped() {
        return dropped;
    }

    long bytes() {
        return Arrays.stream(sizes).sum();
    }

    /** Makes items smaller, the largest first, until {@code excess} bytes are saved or none is left. */
    long shrink(long excess, Predicate<? super T> which, UnaryOperator<T> smaller) {
        long saved = 0;
        for (int i : chosen(
                excess, which, Comparator.comparingLong((Integer i) -> sizes[i]).reversed())) {
            if (saved >= excess) {
                break;
            }
            T small = smaller.apply(items.get(i));
            long smallBytes = size.applyAsLong(small);
            if (smallBytes < sizes[i]) {
                saved += sizes[i] - smallBytes;
                sizes[i] = smallBytes;
                items.set(i, small);
            }
        }
        return saved;
    }

    /** Takes items out in {@code order} until {@code excess} bytes are saved or none is left. */
    long drop(long excess, Predicate<? super T> which, Comparator<? super T> order) {
        long saved = 0;
        for (int i : chosen(excess, which, Comparator.comparing(items::get, order))) {
            if (saved >= excess) {
                break;
            }
            saved += sizes[i] + 1;
            sizes[i] = 0;
            items.set(i, null);
            dropped++;
        }
        return saved;
    }

    private int[] chosen(long excess, Predicate<? super T> which, Comparator<Integer> order) {
        if (excess <= 0) {
            return new int[0];
        }
        return IntStream.range(0, sizes.length)
                .filter(i -> items.get(i) != null && which.test(items.get(i)))
                .boxed()
                .sorted(order.thenComparing(Comparator.reverseOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
