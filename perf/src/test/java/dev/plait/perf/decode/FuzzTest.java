package dev.plait.perf.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FuzzTest {
    @Test
    void everyDecoder_holdsForSomeRecords() {
        assertThat(new CommandLine(new Fuzz()).execute("--count", "500", "--seed", "77"))
                .isZero();
    }

    @Test
    void record_isMadeAgainByItsNumber() {
        Mutation one = new Mutation(Seeds.all());
        Mutation other = new Mutation(Seeds.all());

        for (long number = 0; number < 2_000; number++) {
            assertThat(one.of(number)).isEqualTo(other.of(number)).hasSizeLessThanOrEqualTo(Mutation.MAX_BYTES);
        }
    }

    @Test
    void nastyRecords_areAboutAMebibyte_unlessTheyAreCompressed() {
        Nasty.all().forEach((name, bytes) -> {
            assertThat(bytes.length).as(name).isLessThanOrEqualTo(Nasty.BYTES + 1024);
            if (!name.contains("snappy") && !name.startsWith("prometheus")) {
                assertThat(bytes.length).as(name).isGreaterThan(Nasty.BYTES - 64 * 1024);
            }
        });
    }
}
