package dev.plait.ingest.otlp;

import static dev.plait.ingest.otlp.Samples.attribute;
import static dev.plait.ingest.otlp.Samples.span;
import static dev.plait.ingest.otlp.Samples.text;
import static dev.plait.ingest.otlp.Samples.traces;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.management.ThreadMXBean;
import dev.plait.ingest.Decoder;
import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.RequestKey;
import dev.plait.ingest.SignalSink;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.ProtoWriter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpanDecodingTest {
    private static final String KONG_ID = "0123456789abcdef0123456789abcdef";
    private static final String UUID = "550e8400-e29b-41d4-a716-446655440000";

    @Test
    void span_isIndexedAndSliced() {
        Span span = span().build();

        RecordingSink.Item item = decoded(traces(span)).onlyItem();

        assertThat(item.traceHigh()).isEqualTo(Samples.HIGH);
        assertThat(item.traceLow()).isEqualTo(Samples.LOW);
        assertThat(item.spanId()).isEqualTo(Samples.SPAN);
        assertThat(item.parentOrHash()).isEqualTo(Samples.PARENT);
        assertThat(item.flags()).isEqualTo(ItemFlags.span(2) | ItemFlags.ENDED);
        assertThat(item.bytes()).isEqualTo(span.toByteString());
        assertThat(item.resource()).isEqualTo(Samples.resource("cart").toByteString());
        assertThat(item.scope()).isEqualTo(Samples.scope().toByteString());
        assertThat(item.requestId()).isEmpty();
    }

    @Test
    void resourceAndScope_areGivenOncePerGroup_andOnlyWhenUsed() {
        ExportTraceServiceRequest request = traces(span().build(), span().build()).toBuilder()
                .mergeFrom(traces())
                .mergeFrom(traces(span().build()))
                .build();

        RecordingSink sink = decoded(request);

        assertThat(sink.items()).hasSize(3);
        assertThat(sink.resources()).isEqualTo(2);
    }

    @Test
    void resourceInTwoParts_isMerged() throws InvalidProtocolBufferException {
        ExportTraceServiceRequest good = traces(span().build());
        byte[] group = good.getResourceSpans(0)
                .toByteString()
                .concat(good.getResourceSpans(0).toBuilder()
                        .clearScopeSpans()
                        .setResource(Resource.newBuilder().addAttributes(text("env", "prod")))
                        .build()
                        .toByteString())
                .toByteArray();
        ProtoWriter writer = new ProtoWriter();
        writer.bytes(1, group, 0, group.length);
        RecordingSink sink = new RecordingSink();

        OtlpDecoder.traces().decode(writer.toByteArray(), sink);

        assertThat(Resource.parseFrom(sink.onlyItem().resource()).getAttributesList())
                .extracting(KeyValue::getKey)
                .containsExactly("service.name", "env");
    }

    /** 4.1/16: the second part has no code, and the first one's stays. */
    @Test
    void statusInTwoParts_isMerged() {
        byte[] span = span().setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
                .build()
                .toByteString()
                .concat(Span.newBuilder()
                        .setStatus(Status.newBuilder().setMessage("boom"))
                        .build()
                        .toByteString())
                .toByteArray();
        ProtoWriter writer = new ProtoWriter();
        int group = writer.begin(1);
        int scope = writer.begin(2);
        writer.bytes(2, span, 0, span.length);
        writer.end(scope);
        writer.end(group);
        RecordingSink sink = new RecordingSink();

        OtlpDecoder.traces().decode(writer.toByteArray(), sink);

        assertThat(ItemFlags.has(sink.onlyItem().flags(), ItemFlags.ERROR)).isTrue();
    }

    @Test
    void requestId_isFoundInEveryFormThatNamesIt() {
        assertThat(requestId(text("kong.request.id", KONG_ID))).contains(RequestKey.of(KONG_ID));
        assertThat(requestId(text("guid:x-request-id", UUID))).contains(RequestKey.of(UUID));
        assertThat(requestId(text("http.request.header.x-request-id", "order-17")))
                .contains(RequestKey.of("order-17"));
        assertThat(requestId(attribute("http.request.header.x-request-id", Samples.list(UUID, "other"))))
                .contains(RequestKey.of(UUID));
        assertThat(requestId(text("guid:x-request-id", "bestellung-größe")))
                .contains(RequestKey.of("bestellung-größe"));
        assertThat(requestId(text("request.id", KONG_ID))).contains(RequestKey.of(KONG_ID));
    }

    @Test
    void requestId_isKongsBeforeEnvoysBeforeTheHeader() {
        KeyValue kong = text("kong.request.id", KONG_ID);
        KeyValue envoy = text("guid:x-request-id", UUID);
        KeyValue header = text("http.request.header.x-request-id", "order-17");

        assertThat(requestId(header, envoy, kong)).contains(RequestKey.of(KONG_ID));
        assertThat(requestId(kong, envoy, header)).contains(RequestKey.of(KONG_ID));
        assertThat(requestId(header, envoy)).contains(RequestKey.of(UUID));
    }

    @Test
    void requestId_isNotWhatNamesNone() {
        assertThat(requestId(text("guid:x-request-id", "-"))).isEmpty();
        assertThat(requestId(text("guid:x-request-id", ""))).isEmpty();
        assertThat(requestId(text("request.id", "17"))).isEmpty();
        assertThat(requestId(Samples.number("kong.request.id", 17))).isEmpty();
        assertThat(requestId(attribute("http.request.header.x-request-id", Samples.list())))
                .isEmpty();
    }

    @Test
    void ownParent_isARoot() {
        RecordingSink.Item item = decoded(traces(
                        span().setParentSpanId(Samples.spanId(Samples.SPAN)).build()))
                .onlyItem();

        assertThat(item.parentOrHash()).isZero();
        assertThat(ItemFlags.has(item.flags(), ItemFlags.ROOT)).isTrue();
    }

    /** A record costs a few small objects, whatever the number of its spans. */
    @Test
    void scanning_allocatesNothingPerSpan() {
        Span[] spans = new Span[1000];
        Arrays.fill(
                spans,
                span().addAttributes(text("http.route", "/cart/{id}"))
                        .addAttributes(text("kong.request.id", KONG_ID))
                        .addAttributes(Samples.real("ratio", 0.5))
                        .build());
        byte[] value = traces(spans).toByteArray();
        Decoder decoder = OtlpDecoder.traces();
        CountingSink sink = new CountingSink();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 200; i++) {
            decoder.decode(value, sink);
        }
        sink.items = 0;

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 20; i++) {
            decoder.decode(value, sink);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(sink.items).isEqualTo(20_000);
        assertThat(allocated / 20_000)
                .as("bytes per span, %d in all", allocated)
                .isLessThan(40);
    }

    private static Optional<RequestKey> requestId(KeyValue... attributes) {
        Span span = span().addAllAttributes(List.of(attributes)).build();
        return decoded(traces(span)).onlyItem().requestId();
    }

    private static RecordingSink decoded(ExportTraceServiceRequest request) {
        RecordingSink sink = new RecordingSink();
        assertThat(OtlpDecoder.traces().decode(request.toByteArray(), sink)).isEmpty();
        return sink;
    }

    private static final class CountingSink implements SignalSink {
        private int items;

        @Override
        public int resource(byte[] bytes, int offset, int length) {
            return 0;
        }

        @Override
        public int scope(byte[] bytes, int offset, int length) {
            return 0;
        }

        @Override
        public void item(
                long traceHigh,
                long traceLow,
                long spanId,
                long parentOrHash,
                int flags,
                int resource,
                int scope,
                byte[] bytes,
                int offset,
                int length) {
            items++;
        }
    }
}
