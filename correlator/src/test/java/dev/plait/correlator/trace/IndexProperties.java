package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The hand-made collections against the JDK's. */
class IndexProperties {
    @Property
    void refCounts_freeWhatNothingHolds(
            @ForAll @Size(max = 600) List<@IntRange(min = 0, max = 80) Integer> operations) {
        RefCounts counts = new RefCounts();
        Map<Long, Integer> expected = new HashMap<>();
        Set<Long> freed = new HashSet<>();
        Set<Long> expectedFreed = new HashSet<>();

        for (int i = 0; i < operations.size(); i++) {
            long key = operations.get(i) * 1_000_003L;
            if (i % 3 == 2 && expected.getOrDefault(key, 0) > 0) {
                counts.drop(key);
                expected.merge(key, -1, Integer::sum);
            } else {
                counts.add(key);
                expected.merge(key, 1, Integer::sum);
            }
            if (i % 17 == 0) {
                expected.forEach((each, count) -> expectedFreed.addAll(count == 0 ? Set.of(each) : Set.of()));
                expected.values().removeIf(count -> count == 0);
                counts.drain(freed::add);
            }
        }

        assertThat(freed).isEqualTo(expectedFreed);
        assertThat(counts.size()).isEqualTo(expected.size());
        expected.forEach((key, count) -> assertThat(counts.held(key)).isEqualTo(count > 0));
    }

    @Property
    void traceIndex_findsWhatIsIn(@ForAll @Size(max = 400) List<@IntRange(min = 1, max = 150) Integer> operations) {
        TraceIndex index = new TraceIndex();
        Map<Long, List<TraceEntry>> expected = new HashMap<>();

        for (int i = 0; i < operations.size(); i++) {
            long low = operations.get(i) * 64L;
            List<TraceEntry> chain = expected.computeIfAbsent(low, any -> new ArrayList<>());
            if (i % 3 == 2 && !chain.isEmpty()) {
                index.remove(chain.remove(i % chain.size()));
            } else {
                TraceEntry entry = new TraceEntry(i, low, i);
                index.add(entry);
                chain.add(entry);
            }
        }

        expected.forEach((low, chain) -> {
            List<TraceEntry> found = new ArrayList<>();
            for (TraceEntry each = index.chain(low); each != null; each = each.next) {
                found.add(each);
            }
            assertThat(found).containsExactlyInAnyOrderElementsOf(chain);
        });
        assertThat(index.size())
                .isEqualTo(expected.values().stream().mapToInt(List::size).sum());
    }

    @Property
    void deadlines_areInOrder(@ForAll @Size(max = 300) List<@IntRange(min = 0, max = 40) Integer> times) {
        Deadlines deadlines = new Deadlines();
        TreeSet<OpenTrace> expected =
                new TreeSet<>(Comparator.<OpenTrace>comparingLong(o -> o.dueMs).thenComparingLong(o -> o.entry.low));
        List<OpenTrace> all = new ArrayList<>();

        for (int i = 0; i < times.size(); i++) {
            OpenTrace open = new OpenTrace(new TraceEntry(0, i + 1, 0), 0);
            all.add(open);
            deadlines.expect(open, times.get(i));
            expected.add(open);
            OpenTrace other = all.get(times.get(i) % all.size());
            if (expected.remove(other)) {
                if (i % 2 == 0) {
                    deadlines.remove(other);
                } else {
                    deadlines.expect(other, times.get(i) / 2);
                    expected.add(other);
                }
            }
        }

        List<OpenTrace> order = new ArrayList<>();
        while (deadlines.first() != null) {
            order.add(deadlines.first());
            deadlines.remove(deadlines.first());
        }
        assertThat(order).containsExactlyElementsOf(expected);
    }

    @Property
    void closedQueue_keepsOrderAndTellsStaleSlots(
            @ForAll @Size(max = 200) List<@IntRange(max = 3) Integer> operations) {
        ClosedQueue queue = new ClosedQueue();
        List<TraceEntry> expected = new ArrayList<>();

        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i) == 0 && !expected.isEmpty()) {
                assertThat(queue.poll()).isSameAs(expected.remove(0));
            } else {
                TraceEntry entry = new TraceEntry(0, i + 1, 0);
                entry.throughSequence = i;
                queue.add(entry, 0);
                expected.add(entry);
            }
        }
        expected.forEach(entry -> entry.throughSequence++);

        for (int left = expected.size(); left > 0; left--) {
            assertThat(queue.isDue(1)).isTrue();
            assertThat(queue.poll()).isNull();
        }
        assertThat(queue.isDue(1)).isFalse();
    }

    @Property
    void hashes_unitePartsInAnyOrder(
            @ForAll @Size(min = 2, max = 60) List<Long> numbers, @ForAll @IntRange(max = 60) int at) {
        PieceHashes all = PieceHashes.of(numbers.stream().mapToLong(n -> n).toArray());
        int cut = at % (all.size() + 1);

        PieceHashes united = all.part(cut, all.size()).and(all.part(0, cut));

        assertThat(united).isEqualTo(all).hasSameHashCodeAs(all);
        numbers.forEach(n -> assertThat(all.has(n)).isTrue());
    }
}
