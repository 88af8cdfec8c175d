package dev.plait.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.correlator.trace.ClosedTrace;
import dev.plait.correlator.trace.PieceHashes;
import dev.plait.schemas.model.CorrelatedTrace.Counts;
import dev.plait.schemas.model.TraceId;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MarkerCodecTest {
    @Test
    void codec_givesBackWhatWasWritten() {
        List<ClosedTrace> markers = List.of(marker(1, 0), marker(2, 10));

        List<byte[]> records = MarkerCodec.write(42, markers);

        assertThat(records).hasSize(1);
        assertThat(MarkerCodec.read(records.get(0))).isEqualTo(new MarkerCodec.Sweep(42, markers));
    }

    @Test
    void codec_splitsAMarkerOfManyHashes() {
        ClosedTrace monster = marker(1, 200_000);

        List<byte[]> records = MarkerCodec.write(7, List.of(marker(2, 5), monster, marker(3, 5)));

        assertThat(records).hasSizeGreaterThan(3).allMatch(record -> record.length <= MarkerCodec.MAX_BYTES + 1024);
        PieceHashes together = records.stream()
                .flatMap(record -> MarkerCodec.read(record).markers().stream())
                .filter(marker -> marker.traceId().low() == 1)
                .map(ClosedTrace::hashes)
                .reduce(PieceHashes.NONE, PieceHashes::and);
        assertThat(together).isEqualTo(monster.hashes());
    }

    @Test
    void codec_refusesAnotherVersion() {
        byte[] record = MarkerCodec.write(1, List.of(marker(1, 0))).get(0);
        record[0] = 9;

        assertThatThrownBy(() -> MarkerCodec.read(record))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 9");
    }

    private static ClosedTrace marker(long low, int hashes) {
        return new ClosedTrace(
                new TraceId(5, low),
                3,
                ClosedTrace.COMPLETE | ClosedTrace.REPLACES,
                11,
                12,
                13,
                14,
                15,
                new Counts(1, 2, 3, 4, 5, 6),
                PieceHashes.of(LongStream.range(0, hashes)
                        .map(i -> i * 0x9E3779B97F4A7C15L | 1)
                        .toArray()));
    }
}
