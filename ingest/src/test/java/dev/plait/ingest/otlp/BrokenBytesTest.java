package dev.plait.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.Message;
import dev.plait.ingest.Decoder;
import dev.plait.ingest.RecordingSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Good requests cut, bent and mixed: a decoder answers, the same each time, and never throws. */
class BrokenBytesTest {
    private static final long SEED = 20261120;

    static Stream<Arguments> requests() {
        Message traces = Samples.richTraces();
        Message logs =
                Samples.logs(Samples.log().build(), Samples.log().clearTraceId().build());
        Message metrics = Samples.richMetrics();
        return Stream.of(
                arguments("traces", (Supplier<Decoder>) OtlpDecoder::traces, traces.toByteArray()),
                arguments("logs", (Supplier<Decoder>) OtlpDecoder::logs, logs.toByteArray()),
                arguments("metrics", (Supplier<Decoder>) OtlpDecoder::metrics, metrics.toByteArray()),
                arguments("traces, JSON", (Supplier<Decoder>) OtlpDecoder::traces, json(traces)),
                arguments("logs, JSON", (Supplier<Decoder>) OtlpDecoder::logs, json(logs)),
                arguments("metrics, JSON", (Supplier<Decoder>) OtlpDecoder::metrics, json(metrics)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void everyTruncation_isRefusedWhole(String name, Supplier<Decoder> decoder, byte[] good) {
        Decoder reused = decoder.get();

        assertThat(Verdict.of(reused, good)).startsWith("A items=");
        for (int length = 1; length < good.length; length++) {
            assertThat(Verdict.of(reused, Arrays.copyOf(good, length)))
                    .as("%d of %d bytes", length, good.length)
                    .startsWith("D ");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void everyBitFlip_isJudgedAsByAFreshDecoder(String name, Supplier<Decoder> decoder, byte[] good) {
        Decoder reused = decoder.get();
        byte[] bent = good.clone();

        for (int bit = 0; bit < good.length * 8; bit++) {
            bent[bit / 8] ^= (byte) (1 << bit % 8);
            String verdict = Verdict.of(reused, bent);
            assertThat(verdict).as("bit %d", bit).matches("[AD].*");
            if (bit % 16 == 0) {
                assertThat(Verdict.of(decoder.get(), bent)).as("bit %d", bit).isEqualTo(verdict);
            }
            bent[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(Verdict.of(reused, good)).startsWith("A items=");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void splicedBytes_neverThrow(String name, Supplier<Decoder> decoder, byte[] good) {
        Random random = new Random(SEED);
        Decoder reused = decoder.get();

        for (int round = 0; round < 2_000; round++) {
            byte[] spliced = good.clone();
            int from = random.nextInt(good.length);
            int to = random.nextInt(good.length);
            int size = random.nextInt(Math.min(40, good.length - Math.max(from, to)) + 1);
            System.arraycopy(good, from, spliced, to, size);
            spliced[random.nextInt(good.length)] = (byte) random.nextInt(256);

            assertThat(reused.decode(spliced, new RecordingSink()))
                    .as("seed %d, round %d", SEED, round)
                    .isNotNull();
        }
    }

    private static byte[] json(Message message) {
        return OtlpJson.of(message).getBytes(StandardCharsets.UTF_8);
    }
}
