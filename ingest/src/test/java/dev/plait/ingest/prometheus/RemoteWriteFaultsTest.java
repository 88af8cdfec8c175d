package dev.plait.ingest.prometheus;

import static dev.plait.ingest.prometheus.RemoteWrites.TIME_MS;
import static dev.plait.ingest.prometheus.RemoteWrites.one;
import static dev.plait.ingest.prometheus.RemoteWrites.sample;
import static dev.plait.ingest.prometheus.RemoteWrites.series;
import static dev.plait.ingest.prometheus.RemoteWrites.snappy;
import static dev.plait.ingest.prometheus.RemoteWrites.v1;
import static dev.plait.ingest.prometheus.RemoteWrites.zigzag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.schemas.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not break the decoder, each with its verdict. */
class RemoteWriteFaultsTest {
    private static final String CONTRADICTION = "count is not the sum of its buckets";

    private final RemoteWriteDecoder decoder = new RemoteWriteDecoder();

    static Stream<Arguments> wholeBodies() {
        byte[] good = snappy(one(1, "__name__", "x_total"));
        return Stream.of(
                arguments("no bytes", new byte[0], Reason.EMPTY),
                arguments("an empty block", snappy(new byte[0]), Reason.EMPTY),
                arguments("one byte", new byte[] {'x'}, Reason.WRONG_FORMAT),
                arguments("100 kB of zeros", new byte[100_000], Reason.UNEXPECTED_FRAMING),
                arguments("100 kB of 0xff", filled(100_000, 0xff), Reason.WRONG_FORMAT),
                arguments("promises 4 GB", concat(RemoteWrites.varint(0xffffffffL), good), Reason.DECOMPRESS_LIMIT),
                arguments("promises 60 MB", concat(RemoteWrites.varint(60_000_000), good), Reason.WRONG_FORMAT),
                arguments("half a block", Arrays.copyOf(good, good.length / 2), Reason.WRONG_FORMAT),
                arguments("text", "kong_http_requests_total 3".getBytes(StandardCharsets.UTF_8), Reason.WRONG_FORMAT),
                arguments("JSON", "{\"streams\":[]}".getBytes(StandardCharsets.UTF_8), Reason.WRONG_FORMAT),
                arguments("a block of text", snappy("hello, hello, hello".getBytes(StandardCharsets.UTF_8)), null),
                arguments("a block cut inside", snappy(Arrays.copyOf(one(1, "__name__", "x"), 12)), Reason.TRUNCATED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wholeBodies")
    void wholeBody_isRefusedWithAReason(String what, byte[] value, Reason reason) {
        RecordingSink sink = new RecordingSink("x_total");

        Optional<Rejected> refused = decoder.decode(value, sink);

        assertThat(refused).isPresent();
        if (reason != null) {
            assertThat(refused.get().reason()).isEqualTo(reason);
        }
        assertThat(sink.wantedPoints()).isEmpty();
    }

    static Stream<Arguments> badSeries() {
        return Stream.of(
                arguments("no name", one(1, "job", "a"), "without a name"),
                arguments("an empty name", one(1, "__name__", ""), "without a name"),
                arguments("a label twice", one(1, "__name__", "x", "a", "1", "a", "2"), "there twice"),
                arguments("a label without a name", one(1, "", "1", "__name__", "x"), "label without a name"),
                arguments("before 1970", v1(out -> series(out, sample(1, -5), "__name__", "x")), "a sample at -5 ms"),
                arguments("no time", v1(out -> series(out, sample(1, 0), "__name__", "x")), "a sample at 0 ms"),
                arguments(
                        "nanoseconds",
                        v1(out -> series(out, sample(1, TIME_MS * 1_000_000), "__name__", "x")),
                        "a sample at"),
                arguments("70 kB of labels", one(1, "__name__", "x", "a", "v".repeat(70_000)), "bytes of labels"),
                arguments("schema 9", histogram(out -> out.varint(4, zigzag(9))), "schema 9"),
                arguments("overlapping spans", histogram(out -> spans(out, 0, 2, -1, 1)), "overlap"),
                arguments("a span of 2^32", histogram(out -> spans(out, 0, 0xffffffffL)), "wider than"),
                arguments("far apart", histogram(out -> spans(out, 0, 1, Integer.MAX_VALUE, 1)), "wider than"),
                arguments("spans without counts", histogram(out -> spans(out, 0, 2)), "fewer counts"),
                arguments("counts without spans", histogram(out -> out.varint(12, zigzag(1))), "more counts"),
                arguments(
                        "a bucket below zero",
                        histogram(out -> {
                            spans(out, 0, 1);
                            out.varint(12, zigzag(-1));
                        }),
                        "negative bucket count"),
                arguments("a count above its buckets", histogram(out -> counted(out, 0, 9, 1.5, 8)), CONTRADICTION),
                arguments("a count below its buckets", histogram(out -> counted(out, 0, 7, 1.5, 8)), CONTRADICTION),
                arguments(
                        "more than all with a NaN", histogram(out -> counted(out, 0, 7, Double.NaN, 8)), CONTRADICTION),
                arguments(
                        "own bounds, a count above its buckets",
                        histogram(out -> counted(out, NativeHistogram.CUSTOM_BOUNDS, 9, 1.5, 8)),
                        CONTRADICTION),
                arguments(
                        "buckets whose sum is no number of 64 bits",
                        histogram(out -> {
                            counted(out, 0, 4, 1.5, Long.MAX_VALUE);
                            out.varint(6, Long.MAX_VALUE);
                        }),
                        CONTRADICTION),
                arguments("a symbol beyond", symbols(7, 8), "symbol 7 of"),
                arguments("a reference alone", symbols(1), "label without a value"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSeries")
    void badSeries_isRefusedAlone(String what, byte[] bad, String why) {
        RecordingSink sink = new RecordingSink();

        Optional<Rejected> whole = decoder.decode(snappy(bad), sink);

        assertThat(whole).isEmpty();
        assertThat(sink.rejected()).singleElement().satisfies(item -> {
            assertThat(item.reason()).isEqualTo(Reason.BAD_METRIC);
            assertThat(item.item()).isZero();
            assertThat(item.detail()).contains(why);
        });
    }

    /** Observations that are no number are in no bucket, and float counts are not exact. */
    @Test
    void countsThatMayDiffer_areRead() {
        for (byte[] body : List.of(
                histogram(out -> counted(out, 0, 9, Double.NaN, 8)),
                histogram(out -> counted(out, NativeHistogram.CUSTOM_BOUNDS, 9, Double.NaN, 8)),
                histogram(out -> floats(out, 3.0)),
                histogram(out -> floats(out, 2.9)),
                histogram(out -> floats(out, 4.5)))) {
            RecordingSink sink = new RecordingSink("x");

            assertThat(decoder.decode(snappy(body), sink)).isEmpty();

            assertThat(sink.rejected()).isEmpty();
            assertThat(sink.wantedPoints()).hasSize(1);
        }
    }

    /** A receiver decompresses before it asks: the sender is told what is wrong, not that it sent something else. */
    @Test
    void bodyOfBadSeriesThatCameDecompressed_saysWhatIsWrongWithTheFirst() {
        byte[] body = v1(out -> {
            series(out, sample(1, 0), "__name__", "x");
            series(out, sample(1, TIME_MS), "job", "nameless");
        });

        Rejected refused = decoder.decode(body, new RecordingSink()).orElseThrow();

        assertThat(refused.reason()).isEqualTo(Reason.WRONG_FORMAT);
        assertThat(refused.detail()).contains("a sample at 0 ms").doesNotContain("without a name");
        assertThat(decoder.decode(symbols(7, 8), new RecordingSink())
                        .orElseThrow()
                        .detail())
                .contains("symbol 7 of 2");
    }

    @Test
    void labelThatIsNotUtf8_isRefusedAlone() {
        RecordingSink sink = new RecordingSink();
        byte[] body = one(1, "__name__", "x", "a", "QQ");
        body[new String(body, StandardCharsets.ISO_8859_1).indexOf("QQ")] = (byte) 0xff;

        assertThat(decoder.decode(snappy(body), sink)).isEmpty();

        assertThat(sink.rejected())
                .singleElement()
                .satisfies(item -> assertThat(item.reason()).isEqualTo(Reason.BAD_UTF8));
    }

    @Test
    void everyPrefixAndEveryFlippedBit_isReadOrRefused() {
        byte[] good = snappy(one(1, "__name__", "x_total", "job", "a"));
        for (int length = 0; length < good.length; length++) {
            decoder.decode(Arrays.copyOf(good, length), new RecordingSink("x_total"));
        }
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            decoder.decode(flipped, new RecordingSink("x_total"));
        }
        byte[] plain = one(1, "__name__", "x_total", "job", "a");
        for (int length = 1; length < plain.length; length++) {
            decoder.decode(snappy(Arrays.copyOf(plain, length)), new RecordingSink("x_total"));
        }
    }

    @Property(tries = 2_000)
    void anyBytes_areReadOrRefused(@ForAll long seed, @ForAll @IntRange(max = 400) int size) {
        Random random = new Random(seed);
        byte[] noise = new byte[size];
        random.nextBytes(noise);
        byte[] body = histogram(out -> {
            spans(out, random.nextInt(), random.nextInt() & 0xffffffffL);
            out.raw(noise);
        });
        for (int i = random.nextInt(8); i > 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt();
        }

        decoder.decode(noise, new RecordingSink("x"));
        decoder.decode(snappy(noise), new RecordingSink("x"));
        decoder.decode(snappy(body), new RecordingSink("x"));
    }

    @Test
    void labelsThatGrowWithoutBound_stopAtTheLimit() {
        RemoteWrites.V2 v2 = new RemoteWrites.V2();
        String large = "v".repeat(60_000);
        for (int i = 0; i < 2_000; i++) {
            v2.series(sample(1, TIME_MS), "__name__", "x", "a", large);
        }

        Optional<Rejected> refused = decoder.decode(snappy(v2.body()), new RecordingSink());

        assertThat(refused).isPresent();
        assertThat(refused.get().reason()).isEqualTo(Reason.TOO_LARGE);
    }

    private static byte[] histogram(Consumer<ProtoWriter> content) {
        return v1(out -> series(out, series -> histogramField(series, content), "__name__", "x"));
    }

    private static void histogramField(ProtoWriter out, Consumer<ProtoWriter> content) {
        int histogram = out.begin(4);
        out.varint(15, TIME_MS);
        content.accept(out);
        out.end(histogram);
    }

    /** So many in a positive, a negative and the zero bucket; of own bounds in one that is positive. */
    private static void counted(ProtoWriter out, int schema, long count, double sum, long buckets) {
        boolean custom = schema == NativeHistogram.CUSTOM_BOUNDS;
        out.varint(1, count);
        out.doubleValue(3, sum);
        out.varint(4, zigzag(schema));
        spans(out, 0, 1);
        if (custom) {
            out.varint(12, zigzag(buckets));
            out.doubleValue(16, 0.5);
        } else {
            long each = buckets / 2 - 1;
            out.varint(6, buckets - 2 * each);
            out.varint(12, zigzag(each));
            int span = out.begin(8);
            out.varint(2, 1);
            out.end(span);
            out.varint(9, zigzag(each));
        }
    }

    /** Of the buckets 0.5, 0.5, 0.5 and 1.5 at zero, which rounded are five. */
    private static void floats(ProtoWriter out, double count) {
        out.doubleValue(2, count);
        out.doubleValue(3, 2.5);
        out.doubleValue(7, 1.5);
        int span = out.begin(11);
        out.varint(2, 3);
        out.end(span);
        for (int i = 0; i < 3; i++) {
            out.doubleValue(13, 0.5);
        }
    }

    private static void spans(ProtoWriter out, long... offsetsAndLengths) {
        for (int i = 0; i < offsetsAndLengths.length; i += 2) {
            int span = out.begin(11);
            out.varint(1, zigzag(offsetsAndLengths[i]) & 0xffffffffL);
            out.varint(2, offsetsAndLengths[i + 1]);
            out.end(span);
        }
        if (offsetsAndLengths.length > 2) {
            out.varint(12, zigzag(1));
            out.varint(12, zigzag(0));
            out.varint(12, zigzag(0));
        }
    }

    private static byte[] symbols(int... references) {
        ProtoWriter out = new ProtoWriter();
        out.text(4, "");
        out.text(4, "__name__");
        int series = out.begin(5);
        ProtoWriter packed = new ProtoWriter();
        for (int reference : references) {
            packed.raw(RemoteWrites.varint(reference));
        }
        out.bytes(1, packed.bytes(), 0, packed.size());
        sample(1, TIME_MS).accept(out);
        out.end(series);
        return out.toByteArray();
    }

    private static byte[] filled(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }
}
