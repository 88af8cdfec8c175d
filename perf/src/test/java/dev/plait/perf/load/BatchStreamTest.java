package dev.plait.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BatchStreamTest {
    private static final Workload SMALL = new Workload(7, 500, 10, 512, 64, 80_000);

    @Test
    void stream_isTheSameBytesForTheSameSeed() {
        assertThat(all(SMALL)).isEqualTo(all(SMALL));
        assertThat(all(SMALL)).isNotEqualTo(all(new Workload(8, 500, 10, 512, 64, 80_000)));
    }

    @Test
    void stream_sendsEverySpanOnce() throws Exception {
        Set<ByteString> sent = new HashSet<>();
        int spans = 0;
        for (Batch batch : batches(SMALL)) {
            for (Span span : spans(batch)) {
                sent.add(span.getTraceId().concat(span.getSpanId()));
                spans++;
            }
        }

        int generated = 0;
        TraceMaker maker = new TraceMaker(SMALL);
        for (int number = 0; number < SMALL.traces(); number++) {
            generated += maker.trace(number).spans().size();
        }
        assertThat(spans).isEqualTo(generated);
        assertThat(sent).hasSize(generated);
    }

    @Test
    void stream_isAsLongInEventTimeAsItsRateSays() {
        List<Batch> batches = batches(SMALL);

        Batch last = batches.get(batches.size() - 1);
        long spans = batches.stream().mapToLong(Batch::spans).sum();
        assertThat(last.timestampMs() - Workload.START_MS).isEqualTo(spans * 1000 / 80_000);
        assertThat(batches.get(0).spans()).isEqualTo(512);
    }

    @Test
    void batch_interleavesManyTraces() throws Exception {
        Set<ByteString> traces = new HashSet<>();
        for (Span span : spans(batches(SMALL).get(0))) {
            traces.add(span.getTraceId());
            assertThat(span.getAttributesCount()).isEqualTo(12);
        }

        assertThat(traces).hasSizeBetween(64, 200);
    }

    @Test
    void maker_findsTheNumberOfATraceInItsId() {
        TraceMaker maker = new TraceMaker(SMALL);

        for (int number = 0; number < 1000; number++) {
            assertThat(maker.numberOf(maker.trace(number).low())).isEqualTo(number);
        }
        assertThat(maker.numberOf(1)).matches(number -> number < 0 || number > 1_000_000);
    }

    @Test
    void traces_haveTheWantedMeanAndManySizes() {
        TraceMaker maker = new TraceMaker(new Workload(1, 20_000, 10, 512, 64, 80_000));
        Set<Integer> sizes = new HashSet<>();
        long spans = 0;
        for (int number = 0; number < 20_000; number++) {
            int size = maker.trace(number).spans().size();
            sizes.add(size);
            spans += size;
        }

        assertThat(spans / 20_000.0).isBetween(9.7, 10.3);
        assertThat(sizes).hasSizeGreaterThan(30);
    }

    private static List<Span> spans(Batch batch) throws Exception {
        List<Span> spans = new ArrayList<>();
        ExportTraceServiceRequest.parseFrom(batch.bytes())
                .getResourceSpansList()
                .forEach(resource -> resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
        return spans;
    }

    private static List<Batch> batches(Workload workload) {
        BatchStream stream = new BatchStream(workload);
        List<Batch> batches = new ArrayList<>();
        for (Optional<Batch> batch = stream.next(); batch.isPresent(); batch = stream.next()) {
            batches.add(batch.get());
        }
        return batches;
    }

    private static byte[] all(Workload workload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        batches(workload).forEach(batch -> bytes.writeBytes(batch.bytes()));
        return bytes.toByteArray();
    }
}
