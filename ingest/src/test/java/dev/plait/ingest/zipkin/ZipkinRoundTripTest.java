package dev.plait.ingest.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.span.DecodedSpans;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.ItemFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** What Zipkin's own library writes is read as what it meant, in both encodings alike. */
class ZipkinRoundTripTest {
    private static final List<Span.Kind> KINDS = List.of(Span.Kind.values());
    private static final long NOW_MICROS = 1_767_225_600_000_000L;

    private final ZipkinDecoder decoder = new ZipkinDecoder();

    @Property(tries = 300)
    void spans_surviveBothEncodings(@ForAll @Size(min = 1, max = 6) List<@LongRange(min = 1) Long> seeds) {
        List<Span> spans = seeds.stream().map(ZipkinRoundTripTest::span).toList();

        DecodedSpans json = DecodedSpans.of(decoder, SpanBytesEncoder.JSON_V2.encodeList(spans));
        DecodedSpans proto = DecodedSpans.of(decoder, SpanBytesEncoder.PROTO3.encodeList(spans));

        assertSame(spans, json);
        assertSame(spans, proto);
        for (int i = 0; i < spans.size(); i++) {
            assertThat(proto.spans.get(i).span()).isEqualTo(json.spans.get(i).span());
            assertThat(proto.spans.get(i).resource())
                    .isEqualTo(json.spans.get(i).resource());
        }
    }

    private static void assertSame(List<Span> spans, DecodedSpans decoded) {
        assertThat(decoded.verdict).isEmpty();
        assertThat(decoded.rejected).isEmpty();
        assertThat(decoded.spans).hasSize(spans.size());
        for (int i = 0; i < spans.size(); i++) {
            assertSame(spans.get(i), decoded.spans.get(i));
        }
    }

    private static void assertSame(Span span, DecodedSpans.One one) {
        String trace = Hex.of(one.item().traceHigh(), one.item().traceLow());
        assertThat(trace).endsWith(span.traceId());
        assertThat(Hex.of(one.item().spanId())).isEqualTo(span.id());
        assertThat(one.item().parentOrHash())
                .isEqualTo(span.parentId() == null ? 0 : Long.parseUnsignedLong(span.parentId(), 16));
        assertThat(one.has(ItemFlags.SHARED)).isEqualTo(Boolean.TRUE.equals(span.shared()));
        assertThat(one.span().getName()).isEqualTo(span.name() == null ? "" : span.name());
        assertThat(one.span().getKind().name())
                .isEqualTo("SPAN_KIND_"
                        + (span.kind() == null ? "INTERNAL" : span.kind().name()));
        assertThat(one.span().getStartTimeUnixNano()).isEqualTo(TimeUnit.MICROSECONDS.toNanos(span.timestampAsLong()));
        if (span.timestampAsLong() != 0 && span.durationAsLong() != 0) {
            assertThat(one.span().getEndTimeUnixNano() - one.span().getStartTimeUnixNano())
                    .isEqualTo(TimeUnit.MICROSECONDS.toNanos(span.durationAsLong()));
        }
        assertThat(one.service()).isEqualTo(span.localServiceName() == null ? "" : span.localServiceName());
        assertThat(one.attributes()).containsAllEntriesOf(new TreeMap<>(span.tags()));
        assertThat(one.has(ItemFlags.ERROR)).isEqualTo(span.tags().containsKey("error"));
        if (span.remoteServiceName() != null) {
            assertThat(one.attributes()).containsEntry("service.peer.name", span.remoteServiceName());
        }
        if (span.remoteEndpoint() != null && span.remoteEndpoint().ipv4() != null) {
            assertThat(one.attributes())
                    .containsEntry("network.peer.address", span.remoteEndpoint().ipv4())
                    .containsEntry(
                            "network.peer.port", (long) span.remoteEndpoint().portAsInt());
        }
        List<String> events = new ArrayList<>();
        span.annotations().forEach(a -> events.add(a.timestamp() * 1_000 + a.value()));
        assertThat(one.span().getEventsList())
                .extracting(event -> event.getTimeUnixNano() + event.getName())
                .isEqualTo(events);
    }

    /** A span whose fields are there or not by the bits of a seed. */
    private static Span span(long seed) {
        long bits = seed * 0x9E3779B97F4A7C15L;
        Span.Builder span = Span.newBuilder()
                .traceId((bits & 1) == 0 ? 0 : seed, bits | 1)
                .id(seed)
                .parentId((bits & 2) == 0 || (bits ^ 0x55) == seed ? 0 : bits ^ 0x55);
        span.name((bits & 4) == 0 ? null : "get /orders/é" + (bits & 0xff));
        Span.Kind kind = KINDS.get((int) (bits >>> 40 & 3));
        if ((bits & 8) != 0) {
            span.kind(kind);
        }
        if ((bits & 16) != 0) {
            span.timestamp(NOW_MICROS + (bits >>> 32));
        }
        if ((bits & 32) != 0) {
            span.duration((bits >>> 34) + 1);
        }
        if ((bits & 64) != 0) {
            span.localEndpoint(Endpoint.newBuilder()
                    .serviceName("orders-" + (bits & 3))
                    .ip("10.0.0.7")
                    .build());
        }
        if ((bits & 128) != 0) {
            span.remoteEndpoint(Endpoint.newBuilder()
                    .serviceName((bits & 256) == 0 ? null : "payments")
                    .ip("10.1.2.3")
                    .port((int) (bits >>> 48 & 0x7fff) + 1)
                    .build());
        }
        if ((bits & 512) != 0) {
            span.putTag("error", (bits & 1024) == 0 ? "" : "no \"route\" \u2028 to host");
        }
        if ((bits & 2048) != 0) {
            span.putTag("order.id", Long.toString(bits)).putTag("emoji", "\ud83d\ude00\n\t\u0001");
        }
        if ((bits & 4096) != 0) {
            span.addAnnotation(NOW_MICROS + 5, "ws").addAnnotation(NOW_MICROS + (bits >>> 50), "wr");
        }
        if ((bits & 8) != 0 && kind == Span.Kind.SERVER && (bits & 8192) != 0) {
            span.shared(true);
        }
        return span.build();
    }
}
