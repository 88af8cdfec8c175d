package dev.plait.correlator.metric;

import static dev.plait.correlator.metric.Points.T0;
import static dev.plait.correlator.metric.Points.delta;
import static dev.plait.correlator.metric.Points.exponential;
import static dev.plait.correlator.metric.Points.histogram;
import static dev.plait.correlator.metric.Points.nanos;
import static dev.plait.correlator.metric.Points.real;
import static dev.plait.correlator.metric.Points.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.PointValue;
import dev.plait.schemas.model.ReceivedPoint;
import dev.plait.schemas.model.ReceivedPoint.Kind;
import dev.plait.schemas.model.ReceivedPoint.Temporality;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MetricStreamsTest {
    private static final long MINUTE = 60_000;
    private static final List<Double> BOUNDS = List.of(0.1, 0.5);

    private final Tally tally = new Tally();

    @Test
    void sum_countsWhatItHasMore() {
        assertThat(tally.add(sum(0, 100))).isZero();
        assertThat(tally.add(sum(1_000, 130))).isEqualTo(30);
        assertThat(tally.add(sum(2_000, 130))).isZero();
        assertThat(tally.add(sum(3_000, 131))).isEqualTo(1);
    }

    @Test
    void lowerValue_isAReset() {
        tally.add(sum(0, 100));

        assertThat(tally.add(sum(1_000, 40))).isEqualTo(40);
        assertThat(tally.streams.resets()).isEqualTo(1);
        assertThat(tally.add(sum(2_000, 45))).isEqualTo(5);
    }

    @Test
    void laterStart_isAResetAlsoWhenTheValueIsHigher() {
        tally.add(sum(-10 * MINUTE, 0, 100));

        assertThat(tally.add(sum(500, 1_000, 140))).isEqualTo(140);
        assertThat(tally.add(sum(500, 2_000, 150))).isEqualTo(10);
    }

    /** A collector that does not know when its target started says that it was just now, and keeps to it. */
    @Test
    void startThatIsThePointsOwnTime_isNoReset() {
        tally.add(sum(-10 * MINUTE, 0, 100));

        assertThat(tally.add(sum(1_000, 1_000, 140))).isEqualTo(40);
        assertThat(tally.add(sum(1_000, 2_000, 150))).isEqualTo(10);
        assertThat(tally.streams.resets()).isZero();
    }

    @Test
    void earlierStart_isIgnoredUntilTheLaterProcessIsSilent() {
        tally.add(sum(-10 * MINUTE, 0, 1_000));
        tally.add(sum(500, 1_000, 20));

        assertThat(tally.add(sum(-10 * MINUTE, 2_000, 1_010))).isZero();
        assertThat(tally.streams.ignored(Ignored.OLD_START)).isEqualTo(1);
        assertThat(tally.add(sum(500, 3_000, 30))).isEqualTo(10);
        assertThat(tally.add(sum(-10 * MINUTE, 6 * MINUTE, 1_100))).isZero();
        assertThat(tally.add(sum(-10 * MINUTE, 7 * MINUTE, 1_101))).isEqualTo(1);
    }

    @Test
    void repeatedAndOlderPoints_countNothing() {
        tally.add(sum(0, 100));
        tally.add(sum(2_000, 130));

        assertThat(tally.add(sum(2_000, 130))).isZero();
        assertThat(tally.add(sum(1_000, 110))).isZero();
        assertThat(tally.streams.ignored(Ignored.REPEATED)).isEqualTo(1);
        assertThat(tally.streams.ignored(Ignored.OUT_OF_ORDER)).isEqualTo(1);
        assertThat(tally.add(sum(3_000, 131))).isEqualTo(1);
    }

    @Test
    void doubles_countWholeRequestsAndKeepTheRest() {
        tally.add(real(0, 0.5));

        assertThat(tally.add(real(1_000, 1.25))).isEqualTo(1);
        assertThat(tally.add(real(2_000, 1.75))).isZero();
        assertThat(tally.add(real(3_000, 4.0))).isEqualTo(3);
        assertThat(tally.add(real(4_000, 3.5))).as("a reset").isEqualTo(3);
        assertThat(tally.add(real(5_000, 3.25)))
                .as("one that floors to the same")
                .isEqualTo(3);
    }

    @Test
    void deltas_countAsTheyAreInAnyOrder() {
        assertThat(tally.add(delta(0, 10))).isEqualTo(10);
        assertThat(tally.add(delta(3_000, 5))).isEqualTo(5);
        assertThat(tally.add(delta(1_000, 2))).as("overtaken").isEqualTo(2);
        assertThat(tally.add(delta(1_000, 2))).as("a copy").isZero();
        assertThat(tally.add(delta(4_000, 0.75))).isZero();
        tally.restart();
        assertThat(tally.add(delta(5_000, 0.75))).isEqualTo(1);
        assertThat(tally.add(delta(6_000, 0.5))).isEqualTo(1);
    }

    @Test
    void delta_olderThanTheLastSixteen_mayBeACopy() {
        for (int i = 0; i < 17; i++) {
            tally.add(delta(i * 1_000L, 1));
        }

        assertThat(tally.add(delta(0, 1))).isZero();
        assertThat(tally.add(delta(500, 1))).isZero();
        assertThat(tally.streams.ignored(Ignored.OUT_OF_ORDER)).isEqualTo(2);
        assertThat(tally.add(delta(1_500, 1))).isEqualTo(1);
    }

    @Test
    void delta_thatIsOlderThanTheMemory_isIgnored() {
        assertThat(tally.add(7, 1, delta(0, 1), T0 + Tally.FORGET_MS)).isZero();
        assertThat(tally.streams.ignored(Ignored.TOO_OLD)).isEqualTo(1);
        assertThat(tally.add(7, 1, delta(1, 1), T0 + Tally.FORGET_MS)).isEqualTo(1);
    }

    @Test
    void firstPoint_ofAProcessThatJustStarted_countsWhole() {
        assertThat(tally.add(1, sum(0, 30_000, 40))).isEqualTo(40);
        assertThat(tally.add(2, sum(0, 5 * MINUTE, 50))).isEqualTo(50);
        assertThat(tally.add(8, 3, sum(0, 5 * MINUTE + 1, 9_000), T0 + 5 * MINUTE))
                .isZero();
        assertThat(tally.add(9, 4, sum(30_000, 30_000, 9_000), T0))
                .as("a start that is not known")
                .isZero();
        assertThat(tally.add(9, 5, sum(40_000, 30_000, 9_000), T0))
                .as("an absurd start")
                .isZero();
    }

    /** It may have been counted before, and forgotten since. */
    @Test
    void firstPoint_thatIsOlderThanTheMemory_isABaseline() {
        assertThat(tally.add(7, 1, sum(0, 30_000, 40), T0 + Tally.FORGET_MS)).isZero();
    }

    @Test
    void firstPoint_ofANewStreamInAKnownFamily_countsWhole() {
        for (int i = 0; i < 2; i++) {
            tally.add(1, sum(i * 30_000L, 100 + i));
        }
        assertThat(tally.add(2, sum(30_000, 3)))
                .as("the family was seen once before")
                .isZero();
        tally.add(1, sum(60_000, 102));
        tally.restart();

        assertThat(tally.add(3, sum(60_000, 3))).isEqualTo(3);
        assertThat(tally.add(3, sum(90_000, 5))).isEqualTo(2);
        assertThat(tally.add(8, 4, sum(60_000, 7), T0 + 60_000))
                .as("another family")
                .isZero();
    }

    /** Whoever starts to listen in the middle of an export gets one half of it now and the other with the next. */
    @Test
    void firstPoint_inAnExportHeardInPieces_isABaseline() {
        tally.add(1, sum(0, 100));
        assertThat(tally.add(2, sum(1, 1_000_000))).isZero();
        tally.add(1, sum(60_000, 100));
        tally.add(2, sum(60_001, 1_000_000));

        assertThat(tally.add(3, sum(60_002, 1_000_000)))
                .as("missed the first time")
                .isZero();
        assertThat(tally.total()).isZero();
    }

    @Test
    void firstPoint_inAFamilyThatLostAStream_isABaseline() {
        for (int i = 0; i <= 130; i++) {
            long at = i * 30_000L;
            if (i < 5) {
                tally.add(2, sum(at, 1_000));
            }
            tally.add(1, sum(at, 100));
            tally.streams.expire(T0 + at);
        }

        assertThat(tally.streams.streams()).isEqualTo(1);
        assertThat(tally.add(2, sum(131 * 30_000L, 1_000))).isZero();
        assertThat(tally.add(3, sum(131 * 30_000L, 5))).isZero();
    }

    @Test
    void streams_beyondTheLimit_areIgnoredAndNeverCountedWhole() {
        for (int round = 0; round < 4; round++) {
            for (int stream = 1; stream <= Tally.MAX_STREAMS + 1; stream++) {
                tally.add(stream, sum(round * 30_000L, 1_000));
            }
        }
        assertThat(tally.streams.ignored(Ignored.TOO_MANY_STREAMS)).isEqualTo(4);
        assertThat(tally.total()).isZero();

        tally.streams.expire(T0 + 90_000 + Tally.FORGET_MS - 1);
        assertThat(tally.streams.streams()).isEqualTo(Tally.MAX_STREAMS);
        tally.streams.expire(T0 + 90_000 + Tally.FORGET_MS);

        assertThat(tally.streams.streams()).isZero();
        assertThat(tally.bytes.map).isEmpty();
    }

    @Test
    void silentStream_isForgottenByItsNextPointToo() {
        tally.add(sum(0, 100));

        assertThat(tally.add(sum(Tally.FORGET_MS - 1, 101))).isEqualTo(1);
        assertThat(tally.add(sum(2 * Tally.FORGET_MS - 1, 102)))
                .as("whether or not expire was called")
                .isZero();
    }

    @Test
    void histogram_countsEachBucket() {
        tally.add(histogram(0, BOUNDS, List.of(5L, 5L, 5L)));

        assertThat(tally.add(histogram(1_000, BOUNDS, List.of(7L, 5L, 6L)))).isEqualTo(3);
        assertThat(tally.counted)
                .extracting(one -> one.request().durationNanos())
                .containsExactly(100_000_000L, Long.MAX_VALUE);
        assertThat(tally.counted).extracting(Tally.Counted::count).containsExactly(2L, 1L);
    }

    @Test
    void bucketThatIsLower_resetsAll() {
        tally.add(histogram(0, BOUNDS, List.of(5L, 5L, 5L)));

        assertThat(tally.add(histogram(1_000, BOUNDS, List.of(50L, 4L, 50L)))).isEqualTo(104);
    }

    @Test
    void boundsThatChange_areAReset() {
        tally.add(histogram(0, BOUNDS, List.of(5L, 5L, 5L)));

        assertThat(tally.add(histogram(1_000, List.of(0.1, 0.6), List.of(6L, 6L, 6L))))
                .isEqualTo(18);
    }

    @Test
    void histogramWithoutBuckets_countsRequestsOfUnknownDuration() {
        ReceivedPoint.Kind kind = Kind.HISTOGRAM;
        PointValue value = new PointValue.Histogram(9, 1, List.of(), List.of());
        tally.add(histogram(0, List.of(), List.of(4L)));

        assertThat(tally.add(Points.point(kind, Temporality.CUMULATIVE, 0, nanos(1_000), value)))
                .isEqualTo(5);
        assertThat(tally.within(Long.MAX_VALUE - 1)).isZero();
    }

    @Test
    void exponentialHistogram_thatGetsCoarser_goesOn() {
        // (1, 1.41], (1.41, 2], (2, 2.83]: at scale 0 the first two are one
        tally.add(exponential(0, 1, 3, 0, List.of(1L, 1L, 1L)));

        assertThat(tally.add(exponential(1_000, 0, 3, 0, List.of(2L, 4L)))).isEqualTo(3);
        assertThat(tally.counted.get(0).request().durationNanos()).isEqualTo(4_000_000_000L);
        assertThat(tally.streams.resets()).isZero();
        assertThat(tally.add(exponential(2_000, 1, 3, 0, List.of(2L, 2L, 4L))))
                .as("finer again")
                .isEqualTo(11);
        assertThat(tally.streams.resets()).isEqualTo(1);
    }

    @Test
    void exponentialHistogram_whoseZeroBucketGrows_goesOn() {
        tally.add(exponential(0, 0, 3, -3, List.of(1L, 2L, 5L, 7L)));

        // (1/8, 1/4] and (1/4, 1/2] are now zero
        assertThat(tally.add(exponential(1_000, 0, 7, 0.5, -1, List.of(5L, 8L))))
                .isEqualTo(2);
        assertThat(tally.streams.resets()).isZero();
        assertThat(tally.counted)
                .extracting(one -> one.request().durationNanos())
                .containsExactly(500_000_000L, 2_000_000_000L);
        assertThat(tally.add(exponential(2_000, 0, 7, 0.25, -1, List.of(5L, 8L))))
                .isEqualTo(20);
    }

    @Test
    void stream_thatChangesItsKind_beginsAnew() {
        tally.add(sum(0, 100));

        assertThat(tally.add(histogram(1_000, BOUNDS, List.of(500L, 5L, 5L)))).isZero();
        assertThat(tally.add(histogram(2_000, BOUNDS, List.of(501L, 5L, 5L)))).isEqualTo(1);
    }

    @Test
    void absurdDelta_isIgnoredAndGoneOnFrom() {
        tally.add(sum(0, 100));

        assertThat(tally.add(sum(1_000, Long.MAX_VALUE - 5))).isZero();
        assertThat(tally.streams.ignored(Ignored.ABSURD_DELTA)).isEqualTo(1);
        assertThat(tally.add(sum(2_000, Long.MAX_VALUE))).isEqualTo(5);
    }

    @Test
    void state_isSmall() {
        tally.add(sum(-MINUTE, 0, 1_000_000));
        tally.add(2, histogram(0, EIGHT_BOUNDS, Collections.nCopies(9, 100L)));
        List<Integer> sizes = tally.bytes.map.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("metric/stream/"))
                .map(entry -> entry.getValue().length)
                .toList();

        assertThat(sizes).containsExactly(42, 56);
    }

    private static final List<Double> EIGHT_BOUNDS =
            LongStream.range(1, 9).mapToObj(bound -> bound / 10.0).toList();
}
