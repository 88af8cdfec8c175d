package dev.plait.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    @Test
    void contentHash_isTheSameWhereverTheBytesLie() {
        byte[] text = "GET /checkout 503 with a tail of some length".getBytes(StandardCharsets.UTF_8);
        for (int shift = 0; shift < 20; shift++) {
            byte[] moved = new byte[text.length + shift + 3];
            new Random(shift).nextBytes(moved);
            System.arraycopy(text, 0, moved, shift, text.length);

            assertThat(ContentHash.of(moved, shift, text.length, 7)).isEqualTo(ContentHash.of(text, 0, text.length, 7));
        }
    }

    @Test
    void contentHash_isPinned_becauseItLivesInChangelogs() {
        byte[] text = "pinned: sixteen bytes and then some".getBytes(StandardCharsets.UTF_8);

        assertThat(ContentHash.of(text, 0, 0, 0)).isEqualTo(-3422846400911655598L);
        assertThat(ContentHash.of(text, 0, text.length, 0)).isEqualTo(-4214649672160494211L);
        assertThat(ContentHash.of(text, 0, text.length, 1)).isEqualTo(2574336823680125021L);
    }

    @Test
    void contentHash_differsForZerosOfEveryLengthAndForEverySeed() {
        Set<Long> hashes = new HashSet<>();
        byte[] zeros = new byte[100];

        for (int length = 0; length <= zeros.length; length++) {
            for (int seed = 0; seed < 100; seed++) {
                hashes.add(ContentHash.of(zeros, 0, length, seed));
            }
        }

        assertThat(hashes).hasSize(101 * 100);
    }

    /** Every input bit flips each output bit with odds near one half, at every length around the lane borders. */
    @Test
    void contentHash_spreadsEveryBit() {
        long seed = 20261120;
        Random random = new Random(seed);
        for (int length : new int[] {1, 7, 8, 9, 15, 16, 17, 31, 33, 40}) {
            int[] flips = new int[64];
            int trials = 0;
            for (int round = 0; round < 200; round++) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                long before = ContentHash.of(bytes, 0, length, round);
                for (int bit = 0; bit < length * 8; bit++) {
                    bytes[bit / 8] ^= (byte) (1 << bit % 8);
                    long changed = before ^ ContentHash.of(bytes, 0, length, round);
                    bytes[bit / 8] ^= (byte) (1 << bit % 8);
                    for (int out = 0; out < 64; out++) {
                        flips[out] += (int) (changed >>> out & 1);
                    }
                    trials++;
                }
            }
            for (int out = 0; out < 64; out++) {
                assertThat((double) flips[out] / trials)
                        .as("seed %d, length %d, bit %d", seed, length, out)
                        .isBetween(0.4, 0.6);
            }
        }
    }
}
