package dev.plait.ingest.zipkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.plait.ingest.RequestKey;
import dev.plait.ingest.span.DecodedSpans;
import dev.plait.schemas.model.ItemFlags;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZipkinDecoderTest {
    private final ZipkinDecoder decoder = new ZipkinDecoder();

    @Test
    void decoder_readsARequestOfKong() {
        DecodedSpans.One span =
                DecodedSpans.of(decoder, "[" + ZipkinSpans.KONG + "]").only();

        assertThat(span.item().traceHigh()).isEqualTo(0x4bf92f3577b34da6L);
        assertThat(span.item().traceLow()).isEqualTo(0xa3ce929d0e0e4736L);
        assertThat(span.item().spanId()).isEqualTo(0x00f067aa0ba902b7L);
        assertThat(span.has(ItemFlags.ROOT)).isTrue();
        assertThat(span.has(ItemFlags.ENDED)).isTrue();
        assertThat(span.has(ItemFlags.ERROR)).as("502 of a server").isTrue();
        assertThat(span.has(ItemFlags.SHARED)).isFalse();
        assertThat(span.service()).isEqualTo("kong");
        assertThat(span.span().getName()).isEqualTo("GET");
        assertThat(span.span().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(span.span().getStartTimeUnixNano()).isEqualTo(1_767_225_600_000_000_000L);
        assertThat(span.span().getEndTimeUnixNano()).isEqualTo(1_767_225_600_052_000_000L);
        assertThat(span.attributes())
                .containsExactly(
                        entry("lc", "kong"),
                        entry("http.host", "shop.example:8443"),
                        entry("http.path", "/orders?id=7&token=***"),
                        entry("http.protocol", "HTTP/1.1"),
                        entry("kong.node.id", "n1"),
                        entry("network.peer.address", "10.0.0.9"),
                        entry("network.peer.port", 41234L),
                        entry("client.address", "10.0.0.9"),
                        entry("http.request.method", "GET"),
                        entry("http.response.status_code", 502L),
                        entry("url.path", "/orders"),
                        entry("url.query", "id=7&token=***"),
                        entry("server.address", "shop.example"),
                        entry("server.port", 8443L),
                        entry("network.protocol.version", "1.1"),
                        entry("kong.auth.consumer.id", "c1"));
        assertThat(span.span().getEventsList())
                .extracting(Span.Event::getName, Span.Event::getTimeUnixNano)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("krs", 1_767_225_600_000_000_000L),
                        org.assertj.core.groups.Tuple.tuple("krf", 1_767_225_600_001_000_000L));
    }

    @Test
    void decoder_readsATryOfKongsBalancer() {
        DecodedSpans.One span =
                DecodedSpans.of(decoder, "[" + ZipkinSpans.KONG_TRY + "]").only();

        assertThat(span.item().parentOrHash()).isEqualTo(0x00f067aa0ba902b7L);
        assertThat(span.span().getStartTimeUnixNano()).isEqualTo(1_767_225_600_003_000_000L);
        assertThat(span.span().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(span.has(ItemFlags.ERROR)).isTrue();
        assertThat(span.attributes())
                .containsEntry("service.peer.name", "orders")
                .containsEntry("network.peer.address", "10.0.1.7")
                .doesNotContainKey("client.address")
                .containsEntry("network.peer.port", 8080L)
                .containsEntry("kong.balancer.try", 1L)
                .containsEntry("kong.service.id", "s1")
                .containsEntry("kong.service.name", "orders")
                .containsEntry("kong.route.id", "r1")
                .containsEntry("kong.route.name", "orders-v1")
                .containsEntry("error", "true");
    }

    @Test
    void decoder_readsBothHalvesOfASharedSpan() {
        DecodedSpans decoded =
                DecodedSpans.of(decoder, "[" + ZipkinSpans.ENVOY_CLIENT + "," + ZipkinSpans.ENVOY_SERVER + "]");

        DecodedSpans.One client = decoded.spans.get(0);
        DecodedSpans.One server = decoded.spans.get(1);
        assertThat(client.item().traceHigh()).isZero();
        assertThat(client.item().traceLow()).isEqualTo(0xa3ce929d0e0e4736L);
        assertThat(client.item().spanId()).isEqualTo(server.item().spanId());
        assertThat(client.item().parentOrHash()).isEqualTo(server.item().parentOrHash());
        assertThat(client.has(ItemFlags.SHARED)).isFalse();
        assertThat(server.has(ItemFlags.SHARED)).isTrue();
        assertThat(client.service()).isEqualTo("gateway");
        assertThat(server.service()).isEqualTo("orders");
        assertThat(client.resource()).containsEntry("kuma.mesh", "default").containsEntry("kuma.zone", "eu");
        assertThat(client.item().requestId()).contains(RequestKey.of("d9f4b8ee-1c3a-4f0d-8f6f-6f1c2a9f7b11"));
        assertThat(client.attributes())
                .containsEntry("url.full", "http://***@orders/orders?apikey=**")
                .doesNotContainKey("http.url")
                .containsEntry("network.peer.address", "10.0.1.9")
                .containsEntry("network.peer.port", 8080L)
                .containsEntry("network.protocol.version", "2")
                .containsEntry("envoy.response_flags", "UF,URX")
                .containsEntry("http.request.size", 0L)
                .containsEntry("http.response.size", 91L)
                .containsEntry("user_agent.original", "curl/8.5")
                .containsEntry("network.local.address", "10.0.1.1")
                .doesNotContainKey("network.local.port");
        assertThat(server.attributes())
                .containsEntry("rpc.response.status_code", "UNAVAILABLE")
                .containsEntry("grpc.status_code", "14")
                .containsEntry("rpc.method", "shop.Orders/Get")
                .doesNotContainKeys("response_flags", "envoy.response_flags");
        assertThat(server.has(ItemFlags.ERROR)).as("gRPC fails under HTTP 200").isTrue();
    }

    @Test
    void decoder_takesASharedRootForNoRoot_asItsClientHalfIsIt() {
        String client = ZipkinSpans.with("'kind':'CLIENT'");
        String server = ZipkinSpans.with("'kind':'SERVER','shared':true");

        DecodedSpans decoded = DecodedSpans.of(decoder, "[" + client + "," + server + "]");

        assertThat(decoded.spans).extracting(span -> span.has(ItemFlags.ROOT)).containsExactly(true, false);
    }

    @Test
    void decoder_failsASpanByEnvoysResponseFlagsAlone() {
        DecodedSpans.One span = DecodedSpans.of(
                        decoder, ZipkinSpans.with("'kind':'SERVER','tags':{'response_flags':'UF'}"))
                .only();

        assertThat(span.span().hasStatus()).isFalse();
        assertThat(span.has(ItemFlags.ERROR)).isTrue();
    }

    @Test
    void decoder_readsWhatACollectorExports() {
        DecodedSpans.One span = DecodedSpans.of(decoder, ZipkinSpans.with("""
                        'localEndpoint':{'serviceName':'orders'},'tags':{'service.version':'1.2','host.name':'h1',\
                        'otel.scope.name':'http','otel.scope.version':'2.0','otel.status_code':'ERROR','error':'boom',\
                        'w3c.tracestate':'a=b','span.kind':'internal','http.route':'/orders/{id}'}""")).only();

        assertThat(span.resource())
                .containsOnly(
                        entry("service.name", "orders"), entry("service.version", "1.2"), entry("host.name", "h1"));
        assertThat(span.scope()).isEqualTo("http@2.0");
        assertThat(span.span().getTraceState()).isEqualTo("a=b");
        assertThat(span.span().getStatus().getMessage()).isEqualTo("boom");
        assertThat(span.span().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
        assertThat(span.attributes()).containsOnly(entry("error", "boom"), entry("http.route", "/orders/{id}"));
    }

    /** As collectors and as SDKs write them; anything else is a name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "ws; ws; {}",
                "exception|{'exception.message':'gone | {x}'}|0; exception; {exception.message=gone | {x}}",
                "'retry':{'count':2,'last':true,'ratio':0.5}; retry; {count=2, last=true, ratio=0.5}",
                "a|{'b':[1],'c':{'d':2}}|0; a; {b=[1], c={'d':2}}",
                "a|{}|2; a; {}",
                "a|{'b':1|0; a|{'b':1|0; {}",
                "'a':{'b':1}}; 'a':{'b':1}}; {}",
                "'a':{'b':; 'a':{'b':; {}",
                "'a':7}; 'a':7}; {}",
            })
    void decoder_readsTheAttributesOfEvents(String text, String name, String attributes) {
        String value = text.replace('\'', '"').replace("\"", "\\\"");
        DecodedSpans.One span = DecodedSpans.of(decoder, """
                {"traceId":"1","id":"2","annotations":[{"timestamp":1767225600000000,"value":"%s"}]}""".formatted(value)).only();

        Span.Event event = span.span().getEvents(0);
        assertThat(event.getName()).isEqualTo(name.replace('\'', '"'));
        assertThat(DecodedSpans.map(event.getAttributesList()).toString()).isEqualTo(attributes.replace('\'', '"'));
    }

    @Test
    void decoder_readsLinksAndTheServicesSource_ofACollector() {
        DecodedSpans.One span = DecodedSpans.of(decoder, ZipkinSpans.with("""
                'localEndpoint':{'serviceName':'resize'},'tags':{'otel.status_code':'STATUS_CODE_ERROR',\
                'otlp.service.name.source':'faas.name','otlp.link.2':'no link',\
                'otlp.link.0':'4bf92f3577b34da6a3ce929d0e0e4736|00f067aa0ba902b7|a=b|{\\'n\\':7,\\'t\\':\\'x|y\\'}|0',\
                'otlp.link.1':'4bf92f3577b34da6a3ce929d0e0e4736|00f067aa0ba902b8||{}|0'}""")).only();

        assertThat(span.span().getLinksList())
                .extracting(link -> link.getSpanId().byteAt(7))
                .containsExactly((byte) 0xb7, (byte) 0xb8);
        assertThat(span.span().getLinks(0).getTraceState()).isEqualTo("a=b");
        assertThat(DecodedSpans.map(span.span().getLinks(0).getAttributesList()).toString())
                .isEqualTo("{n=7, t=x|y}");
        assertThat(span.span().getStatus().getCodeValue()).isEqualTo(2);
        assertThat(span.resource()).containsOnly(entry("service.name", "resize"), entry("faas.name", "resize"));
        assertThat(span.attributes()).isEqualTo(Map.of("otlp.link.2", "no link"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4bf92f3577b34da6a3ce929d0e0e4736|00f067aa0ba902b7",
                "4bf92f3577b34da6a3ce929d0e0e4736|00f067aa0ba902b7||7|0",
                "4bf92f3577b34da6a3ce929d0e0e4736|00f067aa0ba902b7|{}",
                "4bf92f3577b34da6a3ce929d0e0e4736|0000000000000000||{}|0",
                "zbf92f3577b34da6a3ce929d0e0e4736|00f067aa0ba902b7||{}|0",
                "||||",
            })
    void textThatIsNoLink_staysATag(String text) {
        DecodedSpans.One span = DecodedSpans.of(decoder, ZipkinSpans.with("'tags':{'otlp.link.0':'" + text + "'}"))
                .only();

        assertThat(span.span().getLinksList()).isEmpty();
        assertThat(span.attributes()).isEqualTo(Map.of("otlp.link.0", text));
    }

    @Test
    void decoder_givesEqualResourcesOnce() {
        String a = ZipkinSpans.with("'localEndpoint':{'serviceName':'a'}");
        String b = ZipkinSpans.with("'localEndpoint':{'serviceName':'b'}");

        DecodedSpans decoded = DecodedSpans.of(decoder, "[" + a + "," + b + "," + a + "]");

        assertThat(decoded.spans).extracting(DecodedSpans.One::service).containsExactly("a", "b", "a");
        assertThat(decoded.resources).isEqualTo(2);
    }
}
