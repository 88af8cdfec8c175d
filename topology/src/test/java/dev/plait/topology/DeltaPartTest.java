package dev.plait.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.graph.EdgeDelta;
import dev.plait.correlator.measure.MeasureDelta;
import dev.plait.correlator.red.RedDelta;
import dev.plait.correlator.slo.SloCount;
import dev.plait.correlator.slo.SloEvidence;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.topic.TopicContract;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeltaPartTest {
    private final List<byte[]> pieces = new ArrayList<>();
    private final Totals totals = new Totals();

    @Test
    void part_isReadAsItWasWritten() {
        DeltaPart part = new DeltaPart();
        part.red("service=a", 10_000).add(request("x"));
        part.measure("measure=turnover", 10_000).add(BigInteger.valueOf(-300));
        part.measure("measure=turnover", 10_000).add(BigInteger.TEN.pow(40));
        part.slo(new SloKey("orders", Map.of("route", "/a")), 20_000).bad(request("x"), 3);
        part.slo(new SloKey("orders", Map.of("route", "/a")), 20_000).good(4);

        part.write(pieces::add);
        pieces.forEach(piece -> DeltaPart.read(ByteBuffer.wrap(piece), totals));

        assertThat(pieces).hasSize(1);
        assertThat(totals.requests).containsExactly(Map.entry("service=a 10000", 1L));
        assertThat(totals.measures)
                .containsExactly(Map.entry("measure=turnover 10000", "2/9999999999999999999999999999999.999999700"));
        assertThat(totals.slos).containsExactly(Map.entry("orders/route=%2Fa 20000", "4/3"));
    }

    @Test
    void partOfManyGroups_isWrittenInPiecesThatARecordHolds() {
        DeltaPart part = new DeltaPart();
        int groups = 20_000;
        for (int i = 0; i < groups; i++) {
            part.slo(new SloKey("orders", Map.of("route", "r" + i)), 20_000).bad(request("€".repeat(400) + i), 1);
        }

        part.write(pieces::add);
        pieces.forEach(piece -> DeltaPart.read(ByteBuffer.wrap(piece), totals));

        assertThat(pieces)
                .hasSizeGreaterThan(10)
                .allSatisfy(piece -> assertThat(piece.length).isLessThan(TopicContract.MAX_MESSAGE_BYTES / 2));
        assertThat(totals.slos).hasSize(groups).containsEntry("orders/route=r7 20000", "0/1");
    }

    private static CountedRequest request(String consumer) {
        return new CountedRequest(
                RequestSource.GATEWAY_LOG,
                "orders",
                "orders-v1",
                "GET",
                "/orders",
                503,
                true,
                "server",
                consumer,
                Map.of(),
                Map.of(),
                1,
                1,
                0,
                0);
    }

    /** What was read, by key and time. */
    private static final class Totals implements DeltaPart.Target {
        private final Map<String, Long> requests = new HashMap<>();
        private final Map<String, String> measures = new HashMap<>();
        private final Map<String, String> slos = new HashMap<>();

        @Override
        public void red(String series, long windowStartMs, RedDelta delta) {
            requests.put(series + " " + windowStartMs, delta.requests());
        }

        @Override
        public void edge(String edge, long windowStartMs, EdgeDelta delta) {
            throw new AssertionError("there is no edge");
        }

        @Override
        public void measure(String series, long windowStartMs, MeasureDelta delta) {
            measures.put(
                    series + " " + windowStartMs,
                    delta.count() + "/" + delta.sum().toPlainString());
        }

        @Override
        public void slo(SloKey key, SloCount count) {
            slos.put(key.text() + " " + count.bucketMs(), count.good() + "/" + count.bad());
        }

        @Override
        public void evidence(SloKey key, SloEvidence evidence) {
            throw new AssertionError("there is no evidence");
        }
    }
}
