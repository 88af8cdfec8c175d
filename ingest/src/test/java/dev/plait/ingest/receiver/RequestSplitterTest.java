package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestSplitterTest {
    @Test
    void spansOfOneResource_areDealtOutWithTheirResourceAndScope() throws InvalidProtocolBufferException {
        ExportTraceServiceRequest request = Bodies.spans("orders", 1000, 100);

        List<ExportTraceServiceRequest> parts = split(request, 10_000);

        assertThat(parts).hasSizeGreaterThan(10);
        assertThat(spans(parts)).isEqualTo(spans(List.of(request)));
        for (ExportTraceServiceRequest part : parts) {
            assertThat(part.getSerializedSize()).isLessThanOrEqualTo(10_000);
            ResourceSpans group = part.getResourceSpans(0);
            assertThat(group.getResource())
                    .isEqualTo(request.getResourceSpans(0).getResource());
            ScopeSpans scope = group.getScopeSpans(0);
            assertThat(scope.getScope().getName()).isEqualTo("scope of orders");
            assertThat(scope.getSchemaUrl()).isEqualTo("https://example.org/schema");
        }
    }

    @Test
    void groupsThatFit_stayWhole() throws InvalidProtocolBufferException {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (int i = 0; i < 20; i++) {
            request.addResourceSpans(Bodies.spans("s" + i, 10, 50).getResourceSpans(0));
        }

        List<ExportTraceServiceRequest> parts = split(request.build(), 2_000);

        List<ResourceSpans> groups = new ArrayList<>();
        parts.forEach(part -> groups.addAll(part.getResourceSpansList()));
        assertThat(groups).isEqualTo(request.getResourceSpansList());
        assertThat(parts).allMatch(part -> part.getSerializedSize() <= 2_000).hasSizeLessThan(20);
    }

    @Test
    void scopeGroupsThatFit_stayWholeAfterTheirResource() throws InvalidProtocolBufferException {
        ResourceSpans.Builder group = Bodies.spans("orders", 10, 50).getResourceSpans(0).toBuilder();
        for (int i = 0; i < 9; i++) {
            group.addScopeSpans(group.getScopeSpans(0));
        }
        ExportTraceServiceRequest request =
                ExportTraceServiceRequest.newBuilder().addResourceSpans(group).build();

        List<ExportTraceServiceRequest> parts = split(request, 3_000);

        assertThat(spans(parts)).isEqualTo(spans(List.of(request)));
        assertThat(parts)
                .allMatch(part -> part.getSerializedSize() <= 3_000)
                .allMatch(part -> part.getResourceSpans(0).hasResource());
    }

    @Test
    void itemAboveTheLimit_isRefused() {
        byte[] request = Bodies.spans("orders", 1, 20_000).toByteArray();

        assertThatThrownBy(() -> RequestSplitter.split(request, 10_000))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.answer().kind()).isEqualTo(Answer.Kind.TOO_LARGE));
    }

    @Test
    void resourceAboveTheLimit_isRefused() {
        byte[] request = Bodies.spans("o".repeat(20_000), 10, 10).toByteArray();

        assertThatThrownBy(() -> RequestSplitter.split(request, 10_000)).isInstanceOf(Refusal.class);
    }

    @Test
    void everyTruncation_isRefusedOrSplit() {
        byte[] request = Bodies.spans("orders", 30, 100).toByteArray();

        for (int length = 1; length < request.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(request, length);
            if (BodyCheck.protobuf(cut).isEmpty()) {
                assertThat(RequestSplitter.split(cut, 1_000)).isNotNull();
            }
        }
    }

    private static List<ExportTraceServiceRequest> split(ExportTraceServiceRequest request, int limitBytes)
            throws InvalidProtocolBufferException {
        List<ExportTraceServiceRequest> parts = new ArrayList<>();
        for (byte[] part : RequestSplitter.split(request.toByteArray(), limitBytes)) {
            parts.add(ExportTraceServiceRequest.parseFrom(part));
        }
        return parts;
    }

    private static List<Span> spans(List<ExportTraceServiceRequest> requests) {
        List<Span> spans = new ArrayList<>();
        requests.forEach(request -> request.getResourceSpansList()
                .forEach(group -> group.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()))));
        return spans;
    }
}
