package dev.plait.correlator.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.DurableBytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class WindowSumsTest {
    private static final long FIVE_MINUTES = 300_000;
    private static final long SIX_HOURS = 6 * 3_600_000L;

    private final LeveledCounts counts = new LeveledCounts(new StoredBytes());
    private final WindowSums sums = new WindowSums(List.of(FIVE_MINUTES, SIX_HOURS), counts);

    /** The worked example of {@link WindowSums}. */
    @Test
    void window_containsBucketsThatOverlapIt() {
        counts.foldedTo(Level.MINUTES.bucket(at("06:00:00")), Level.HOURS.bucket(at("06:00:00")));
        count("05:59:50", 1);
        count("06:00:50", 10);
        count("11:54:50", 100);
        count("11:55:00", 1_000);
        count("12:00:00", 10_000);
        count("12:00:10", 100_000);

        move("12:00:07");
        assertThat(sums.good(FIVE_MINUTES)).isEqualTo(11_000);
        assertThat(sums.good(SIX_HOURS)).isEqualTo(11_110);

        move("12:00:10");
        assertThat(sums.good(FIVE_MINUTES)).isEqualTo(110_000);

        move("12:00:59");
        assertThat(sums.good(SIX_HOURS)).isEqualTo(111_110);

        move("12:01:00");
        assertThat(sums.good(SIX_HOURS)).isEqualTo(111_100);
    }

    /** A jump reads what there is, not what could be. */
    @Test
    void jumpOfTheClock_readsOnlyPagesThatExist() {
        CountingBytes pages = new CountingBytes();
        LeveledCounts few = new LeveledCounts(pages);
        few.foldedTo(0, 0);
        WindowSums windows = new WindowSums(List.of(FIVE_MINUTES, SIX_HOURS, 30 * 86_400_000L), few);
        windows.moveTo(0);
        for (long ten = 0; ten < 400; ten++) {
            few.add(ten, 1, 0);
            windows.add(ten, 1, 0);
        }
        few.fold(4_000_000);
        windows.moveTo(4_000_000);
        assertThat(windows.good(SIX_HOURS)).isEqualTo(400);

        pages.reads = 0;
        few.fold(4_000_000_000_000L);
        windows.moveTo(4_000_000_000_000L);
        few.expire(4_000_000_000_000L, 30 * 86_400_000L);

        assertThat(windows.good(SIX_HOURS)).isZero();
        assertThat(pages.reads).isLessThan(100);
        assertThat(pages.stored.size()).isZero();
    }

    private static final class CountingBytes implements DurableBytes {
        final StoredBytes stored = new StoredBytes();
        int reads;

        @Override
        public Optional<byte[]> get(String key) {
            reads++;
            return stored.get(key);
        }

        @Override
        public void put(String key, byte[] value) {
            stored.put(key, value);
        }

        @Override
        public void delete(String key) {
            stored.delete(key);
        }

        @Override
        public void forEach(String prefix, BiConsumer<String, byte[]> each) {
            stored.forEach(prefix, each);
        }
    }

    private void count(String time, long good) {
        long ten = Level.TENS.bucket(at(time));
        counts.add(ten, good, 0);
        sums.add(ten, good, 0);
    }

    private void move(String time) {
        counts.fold(at(time));
        sums.moveTo(at(time));
    }

    private static long at(String time) {
        return Instant.parse("2026-01-01T" + time + "Z").toEpochMilli();
    }
}
