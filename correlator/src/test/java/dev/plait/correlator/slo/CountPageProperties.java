package dev.plait.correlator.slo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A page against plain arrays. */
class CountPageProperties {
    record Counted(int index, long good, long bad) {}

    @Provide
    Arbitrary<List<Counted>> counts() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 119),
                        Arbitraries.longs().between(0, 1L << 50),
                        Arbitraries.longs().between(0, 1L << 40))
                .as(Counted::new)
                .list()
                .ofMaxSize(80);
    }

    @Property(tries = 300)
    void page_addsUpLikeArrays(@ForAll("counts") List<Counted> counts) {
        long[] good = new long[120];
        long[] bad = new long[120];
        byte[] page = CountPage.EMPTY;
        for (Counted each : counts) {
            page = CountPage.add(page, each.index, each.good, each.bad);
            good[each.index] += each.good;
            bad[each.index] += each.bad;
        }

        for (int from = 0; from < 120; from += 7) {
            for (int to = from; to <= 120; to += 9) {
                Sum sum = new Sum();
                CountPage.sum(page, from, to, sum);
                Sum expected = new Sum();
                for (int i = from; i < to; i++) {
                    expected.add(good[i], bad[i]);
                }
                assertThat(List.of(sum.good, sum.bad)).isEqualTo(List.of(expected.good, expected.bad));
            }
        }
    }
}
