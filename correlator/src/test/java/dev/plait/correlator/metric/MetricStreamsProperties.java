package dev.plait.correlator.metric;

import static dev.plait.correlator.metric.Points.T0;
import static dev.plait.correlator.metric.Points.delta;
import static dev.plait.correlator.metric.Points.nanos;
import static dev.plait.correlator.metric.Points.real;
import static dev.plait.correlator.metric.Points.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.PointValue;
import dev.plait.schemas.model.ReceivedPoint;
import dev.plait.schemas.model.ReceivedPoint.Kind;
import dev.plait.schemas.model.ReceivedPoint.Temporality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is counted, against what the simulated services know they have served. */
class MetricStreamsProperties {
    private static final int STREAMS = 4;
    private static final List<Double> BOUNDS = List.of(0.1, 0.25, 1.0);

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<Temporality> TEMPORALITIES = List.of(Temporality.values());

    private record Sent(long stream, ReceivedPoint point) {}

    /** Without resets the total is what was served between the first point that came and the latest, whatever came between. */
    @Property(tries = 300)
    void sums_inAnyOrderAndAnyNumberOfTimes_countWhatWasServed(@ForAll long seed) {
        Random random = new Random(seed);
        double[] served = new double[STREAMS];
        List<Sent> sent = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                served[stream] += random.nextInt(40) / (stream % 2 == 0 ? 1.0 : 4.0);
                sent.add(new Sent(stream, real(round * 10_000L, served[stream])));
            }
        }
        List<Sent> delivered = disturbed(sent, random);

        Tally tally = new Tally();
        long[] counted = new long[STREAMS];
        deliver(delivered, tally, random, counted);

        Map<Long, Double> first = new HashMap<>();
        delivered.forEach(one -> first.putIfAbsent(one.stream, value(one.point)));
        for (int stream = 0; stream < STREAMS; stream++) {
            double baseline = first.get((long) stream);
            assertThat(counted[stream]).isEqualTo((long) Math.floor(served[stream]) - (long) Math.floor(baseline));
        }
        assertThat(tally.streams.resets()).isZero();
    }

    /** Processes die after an export and begin again at 0: what all of them served is counted. Copies come at any time. */
    @Property(tries = 300)
    void sums_ofProcessesThatRestart_countWhatAllServed(@ForAll long seed) {
        Random random = new Random(seed);
        Tally tally = new Tally();
        List<ReceivedPoint> before = new ArrayList<>();
        boolean knowsStart = random.nextBoolean();
        long start = -600_000;
        long value = random.nextInt(1_000, 1_100);
        long served = 0;
        long counted = tally.add(knowsStart ? sum(start, 0, value) : sum(0, value));

        for (int round = 1; round < 60; round++) {
            long at = round * 10_000L;
            if (random.nextInt(8) == 0 && value > 0) {
                start = at - 5_000;
                // a process that does not say its start is only seen to be another when it has served less
                long now = knowsStart ? random.nextInt(3_000) : random.nextInt((int) Math.min(value, 1_000));
                served += now;
                value = now;
            } else {
                long more = random.nextInt(50);
                served += more;
                value += more;
            }
            ReceivedPoint point = knowsStart ? sum(start, at, value) : sum(at, value);
            before.add(point);
            counted += tally.add(point);
            while (random.nextInt(3) == 0) {
                counted += tally.add(before.get(random.nextInt(before.size())));
            }
            if (random.nextInt(10) == 0) {
                tally.restart();
            }
        }

        assertThat(counted).isEqualTo(served);
    }

    /** Deltas overtake each other by less than they are remembered, and come twice: each counts once. */
    @Property(tries = 300)
    void deltas_disturbed_countOnceEach(@ForAll long seed) {
        Random random = new Random(seed);
        List<Sent> sent = new ArrayList<>();
        double[] served = new double[STREAMS];
        for (int round = 0; round < 40; round++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                double more = random.nextInt(60) / 4.0;
                served[stream] += more;
                sent.add(new Sent(stream, delta(round * 10_000L + random.nextInt(5_000), more)));
            }
        }

        long[] counted = new long[STREAMS];
        deliver(disturbed(sent, random), new Tally(), random, counted);

        for (int stream = 0; stream < STREAMS; stream++) {
            assertThat(counted[stream]).isEqualTo((long) Math.floor(served[stream]));
        }
    }

    /** Whoever asks for a limit that is a bound gets the requests that took at most so long, exactly. */
    @Property(tries = 200)
    void histogram_tellsWhoKeptALimitThatIsABound(@ForAll long seed) {
        Random random = new Random(seed);
        Tally tally = new Tally();
        long[] buckets = new long[BOUNDS.size() + 1];
        long[] within = new long[BOUNDS.size() + 1];
        long start = nanos(-600_000);
        for (int round = 0; round < 40; round++) {
            if (round > 0 && random.nextInt(10) == 0) {
                Arrays.fill(buckets, 0);
                start = nanos(round * 10_000L - 1);
            }
            for (int i = random.nextInt(30) + (round > 0 ? 1 : 1_000); i > 0; i--) {
                double seconds = random.nextInt(150) / 100.0;
                int bucket = 0;
                while (bucket < BOUNDS.size() && seconds > BOUNDS.get(bucket)) {
                    bucket++;
                }
                buckets[bucket]++;
                for (int limit = bucket; limit < within.length && round > 0; limit++) {
                    within[limit]++;
                }
            }
            PointValue value = new PointValue.Histogram(0, 0, BOUNDS, boxed(buckets));
            tally.add(Points.point(Kind.HISTOGRAM, Temporality.CUMULATIVE, start, nanos(round * 10_000L), value));
            if (random.nextInt(10) == 0) {
                tally.restart();
            }
        }

        for (int limit = 0; limit < BOUNDS.size(); limit++) {
            assertThat(tally.within(Math.round(BOUNDS.get(limit) * 1e9))).isEqualTo(within[limit]);
        }
        assertThat(tally.total()).isEqualTo(within[BOUNDS.size()]);
    }

    /** An SDK lowers the scale as values spread; bounds that are powers of two stay bounds, and stay exact. */
    @Property(tries = 200)
    void exponentialHistogram_ofChangingScale_tellsWhoKeptAPowerOfTwo(@ForAll long seed) {
        Random random = new Random(seed);
        Tally tally = new Tally();
        List<Double> values = new ArrayList<>();
        long zeros = 0;
        int atFirst = 0;
        long zerosAtFirst = 0;
        int scale = 6;
        for (int round = 0; round < 30; round++) {
            for (int i = random.nextInt(20); i > 0; i--) {
                // never on a bound, so that no rounding decides
                values.add(Math.pow(2, random.nextInt(12) - 8 + 0.01 + random.nextInt(97) / 100.0));
            }
            zeros += random.nextInt(3);
            if (round == 0) {
                atFirst = values.size();
                zerosAtFirst = zeros;
            }
            scale = Math.max(0, scale - (random.nextInt(4) == 0 ? random.nextInt(3) : 0));
            tally.add(exponential(round * 10_000L, scale, zeros, values));
            if (random.nextInt(10) == 0) {
                tally.restart();
            }
        }

        assertThat(tally.streams.resets()).isZero();
        for (int power = -8; power <= 4; power++) {
            double limit = Math.pow(2, power);
            long within = values.subList(atFirst, values.size()).stream()
                            .filter(value -> value <= limit)
                            .count()
                    + zeros
                    - zerosAtFirst;
            assertThat(tally.within(Math.round(limit * 1e9))).isEqualTo(within);
        }
    }

    /** Points of any content and order: nothing is thrown or counted below 1, and restarts change nothing. */
    @Property(tries = 300)
    void hostilePoints_doNoHarm(@ForAll long seed) {
        Tally straight = new Tally();
        Tally restarted = new Tally();
        Random random = new Random(seed);
        Random when = new Random(seed + 1);
        for (int i = 0; i < 200; i++) {
            ReceivedPoint point = hostile(random);
            long stream = random.nextInt(12);
            long arrivalMs = T0 + random.nextInt(8_000_000);
            straight.add(stream % 3, stream, point, arrivalMs);
            restarted.add(stream % 3, stream, point, arrivalMs);
            if (when.nextInt(4) == 0) {
                restarted.restart();
            }
            if (random.nextInt(20) == 0) {
                straight.streams.expire(arrivalMs);
                restarted.streams.expire(arrivalMs);
            }
            assertThat(straight.streams.streams()).isLessThanOrEqualTo(Tally.MAX_STREAMS);
        }

        assertThat(restarted.counted).isEqualTo(straight.counted);
        assertThat(restarted.bytes.map.keySet()).isEqualTo(straight.bytes.map.keySet());
        straight.bytes.map.forEach(
                (key, value) -> assertThat(restarted.bytes.map.get(key)).isEqualTo(value));
        assertThat(straight.counted).allMatch(one -> one.count() > 0 && one.count() <= MetricStreams.MAX_DELTA);
        straight.streams.expire(Long.MAX_VALUE / 2);
        assertThat(straight.bytes.map).isEmpty();
    }

    private static void deliver(List<Sent> delivered, Tally tally, Random random, long[] counted) {
        long arrivalMs = 0;
        for (Sent one : delivered) {
            arrivalMs = Math.max(arrivalMs, one.point.timeEpochNanos() / 1_000_000);
            counted[(int) one.stream] += tally.add(one.stream, one.stream, one.point, arrivalMs);
            if (random.nextInt(20) == 0) {
                tally.restart();
            }
        }
    }

    /** Points of a stream overtake some of the others, and some come twice. */
    private static List<Sent> disturbed(List<Sent> sent, Random random) {
        List<Sent> all = new ArrayList<>(sent);
        for (Sent one : sent) {
            if (random.nextInt(4) == 0) {
                all.add(one);
            }
        }
        all.sort((a, b) -> Long.compare(a.point.timeEpochNanos(), b.point.timeEpochNanos()));
        for (int from = random.nextInt(8); from < all.size(); from += 8 * STREAMS) {
            Collections.shuffle(all.subList(from, Math.min(all.size(), from + 8 * STREAMS)), random);
        }
        return all;
    }

    private static double value(ReceivedPoint point) {
        return ((PointValue.Real) point.value()).value();
    }

    private static ReceivedPoint exponential(long atMs, int scale, long zeros, List<Double> values) {
        if (values.isEmpty()) {
            return Points.exponential(atMs, scale, zeros, 0, List.of());
        }
        int[] indexes = values.stream()
                .mapToInt(value -> (int) Math.floor(Math.log(value) / Math.log(2) * Math.pow(2, scale)))
                .toArray();
        int lowest = Arrays.stream(indexes).min().getAsInt();
        long[] counts = new long[Arrays.stream(indexes).max().getAsInt() - lowest + 1];
        Arrays.stream(indexes).forEach(index -> counts[index - lowest]++);
        return counts.length > PointReader.MAX_BUCKETS
                ? exponential(atMs, scale - 1, zeros, values)
                : Points.exponential(atMs, scale, zeros, lowest, boxed(counts));
    }

    private static List<Long> boxed(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }

    private static ReceivedPoint hostile(Random random) {
        Kind kind = KINDS.get(random.nextInt(4));
        PointValue value = switch (kind) {
            case SUM, GAUGE ->
                random.nextBoolean() ? new PointValue.Whole(count(random)) : new PointValue.Real(number(random));
            case HISTOGRAM -> new PointValue.Histogram(count(random), number(random), numbers(random), counts(random));
            case EXPONENTIAL_HISTOGRAM ->
                new PointValue.ExponentialHistogram(
                        count(random),
                        number(random),
                        random.nextInt(40) - 15,
                        count(random),
                        random.nextInt(3) == 0 ? number(random) : 0,
                        new PointValue.Buckets(offset(random), counts(random)),
                        new PointValue.Buckets(offset(random), counts(random)));
        };
        return Points.point(kind, TEMPORALITIES.get(random.nextInt(3)), time(random), time(random), value);
    }

    private static long time(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> random.nextLong();
            case 2 -> Long.MAX_VALUE;
            default -> nanos(random.nextInt(8_000) * 1_000L);
        };
    }

    private static int offset(Random random) {
        return random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(40) - 20;
    }

    private static long count(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> Long.MAX_VALUE;
            case 2 -> Long.MIN_VALUE;
            default -> random.nextInt(100);
        };
    }

    private static double number(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> 0x1p63;
            case 3 -> -1;
            case 4 -> Double.MIN_VALUE;
            default -> random.nextInt(400) / 4.0;
        };
    }

    private static List<Long> counts(Random random) {
        List<Long> counts = new ArrayList<>();
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 700 : 4); i > 0; i--) {
            counts.add(count(random));
        }
        return counts;
    }

    private static List<Double> numbers(Random random) {
        List<Double> numbers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            numbers.add(random.nextInt(5) == 0 ? number(random) : i * -1.0);
        }
        return numbers;
    }
}
