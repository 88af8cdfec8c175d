package dev.plait.correlator.red;

import static dev.plait.correlator.trace.view.Given.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.trace.view.Given;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.JoinedBy;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.model.SpanKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
    private static final long START = 1_767_225_600_123_000_000L;
    private final RequestReader reader = new RequestReader();

    @Test
    void counts_endedServersAndConsumersAndAccessLogs() {
        for (int number = 1; number <= 5; number++) {
            SpanKind kind = SpanKind.ofOtlp(number);
            int flags = ItemFlags.span(number);
            boolean serving = kind == SpanKind.SERVER || kind == SpanKind.CONSUMER;
            assertThat(RequestReader.counts(flags | ItemFlags.ENDED))
                    .as("%s", kind)
                    .isEqualTo(serving);
            assertThat(RequestReader.counts(flags)).as("%s that goes on", kind).isFalse();
        }
        assertThat(RequestReader.counts(ItemFlags.LOG | ItemFlags.ACCESS_LOG)).isTrue();
        assertThat(RequestReader.counts(ItemFlags.LOG | ItemFlags.ACCESS_LOG | ItemFlags.COUNTED))
                .isFalse();
        assertThat(RequestReader.counts(ItemFlags.LOG)).isFalse();
        assertThat(RequestReader.counts(ItemFlags.EXEMPLAR | ItemFlags.ACCESS_LOG))
                .isFalse();
        assertThat(RequestReader.counts(ItemFlags.ANNOUNCEMENT | ItemFlags.ACCESS_LOG))
                .isFalse();
    }

    @Test
    void serverSpan_isReadByPresentAndFormerNames() {
        Object[] present = {
            "http.request.method",
            "PUT",
            "http.route",
            "/orders/{id}",
            "url.path",
            "/orders/7",
            "http.response.status_code",
            503
        };
        Object[] former = {
            "http.method",
            "PUT",
            "http.route",
            "/orders/{id}",
            "http.target",
            "/orders/7?a=b",
            "http.status_code",
            "503"
        };

        for (Object[] attributes : new Object[][] {present, former}) {
            Origin origin = new Origin(
                    Map.of("service.name", "orders", "deployment.environment", "prod", "cloud.region", "us"),
                    "",
                    Source.OTLP,
                    Map.of("region", "eu"));
            CountedRequest request = reader.read(
                            span(2, 1, "orders", START, START + 40)
                                    .with(attributes)
                                    .failed()
                                    .received(origin),
                            8,
                            9)
                    .orElseThrow();

            assertThat(request.source()).isEqualTo(RequestSource.SPAN);
            assertThat(request.service()).isEqualTo("orders");
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.route()).isEqualTo("/orders/{id}");
            assertThat(request.path()).isEqualTo("/orders/7");
            assertThat(request.status()).isEqualTo(503);
            assertThat(request.error()).isTrue();
            assertThat(request.kind()).isEqualTo("server");
            assertThat(request.tags()).isEqualTo(Map.of("region", "eu", "env", "prod"));
            assertThat(request.endEpochNanos()).isEqualTo(START + 40);
            assertThat(request.durationNanos()).isEqualTo(40);
            assertThat(request.traceHigh()).isEqualTo(8);
            assertThat(request.traceLow()).isEqualTo(9);
        }
    }

    @Test
    void span_withoutRouteHasNone() {
        CountedRequest request = reader.read(
                        span(2, 1, "orders", START, START + 40)
                                .with("url.path", "/orders/7", "http.route", "")
                                .received(),
                        0,
                        1)
                .orElseThrow();

        assertThat(request.route()).isEmpty();
        assertThat(request.status()).isZero();
    }

    @Test
    void span_thatIsNoRequestIsEmpty() {
        assertThat(reader.read(span(2, 1, "orders", START, START + 40).client().received(), 0, 1))
                .isEmpty();
        assertThat(reader.read(span(2, 1, "orders", START, 0).received(), 0, 1)).isEmpty();
        assertThat(reader.read(span(2, 1, "orders", START, -5).received(), 0, 1))
                .isEmpty();
    }

    @Test
    void span_thatEndsBeforeItStartsTakesNoTime_andOneThatDoesNotSayWhenIsUntimed() {
        assertThat(reader.read(span(2, 1, "orders", START, START - 5).received(), 0, 1))
                .map(CountedRequest::durationNanos)
                .contains(0L);
        assertThat(reader.read(
                        span(2, 1, "mail", 0, START).kind(SpanKind.CONSUMER).received(), 0, 1))
                .hasValueSatisfying(request -> {
                    assertThat(request.isTimed()).isFalse();
                    assertThat(request.kind()).isEqualTo("consumer");
                });
    }

    @Test
    void kongLog_isOfTheServiceThatKongSentItTo() {
        CountedRequest request = read(Given.kong(
                START,
                "http.request.method",
                "GET",
                "url.path",
                "/orders/7",
                "http.response.status_code",
                502,
                "kong.route.name",
                "orders-v1",
                "kong.service.name",
                "orders",
                "kong.consumer.username",
                "mobile",
                "kong.latency.total",
                46.5,
                "kong.latency.upstream",
                -1));

        assertThat(request.source()).isEqualTo(RequestSource.GATEWAY_LOG);
        assertThat(request.service()).isEqualTo("orders");
        assertThat(request.route()).isEqualTo("orders-v1");
        assertThat(request.consumer()).isEqualTo("mobile");
        assertThat(request.status()).isEqualTo(502);
        assertThat(request.durationNanos()).isEqualTo(46_500_000);
        assertThat(request.endEpochNanos()).isEqualTo(START + 46_500_000);
        assertThat(request.kind()).isEqualTo("server");
    }

    @Test
    void kongLog_thatMatchedNoRouteIsOfKongItself() {
        CountedRequest request = read(Given.kong(START, "http.response.status_code", 404, "url.path", "/nowhere"));

        assertThat(request.service()).isEqualTo("kong");
        assertThat(request.route()).isEmpty();
    }

    @Test
    void kongLog_thatCameOverOtlpIsTheGatewaysToo() {
        assertThat(read(Given.access(Source.OTLP, START, "kong.service.name", "orders"))
                        .source())
                .isEqualTo(RequestSource.GATEWAY_LOG);
    }

    @Test
    void kumaLog_isOfItsDestination() {
        CountedRequest request = read(Given.envoy(
                START,
                "kuma.source.service",
                "web",
                "kuma.destination.service",
                "stock",
                "envoy.duration",
                12,
                "http.response.status_code",
                "0"));

        assertThat(request.source()).isEqualTo(RequestSource.MESH_LOG);
        assertThat(request.service()).isEqualTo("stock");
        assertThat(request.status()).isZero();
        assertThat(request.durationNanos()).isEqualTo(12_000_000);
        assertThat(request.attributes()).containsEntry("kuma.source.service", "web");
        assertThat(read(Given.envoy(START)).service()).isEqualTo("envoy");
    }

    @Test
    void log_ofAnAbsurdDurationOrWithoutTimeIsBounded() {
        CountedRequest huge = read(Given.kong(START, "kong.latency.total", 1e300));
        CountedRequest timeless = read(Given.kong(0, "kong.latency.total", 5));

        assertThat(huge.durationNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(huge.endEpochNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(timeless.endEpochNanos()).isZero();
    }

    @Test
    void log_thatDoesNotSayHowLongItTookHasNoDuration() {
        CountedRequest kong = read(Given.kong(START, "kong.latency.internal", 5));

        assertThat(kong.isTimed()).isFalse();
        assertThat(kong.endEpochNanos()).isEqualTo(START);
        assertThat(read(Given.envoy(START)).isTimed()).isFalse();
        assertThat(read(Given.envoy(START, "envoy.duration", 0)).isTimed()).isTrue();
    }

    @Test
    void log_thatIsNoAccessLogIsEmpty() {
        ReceivedLog line = Given.log(START, "orders", "hello");

        assertThat(reader.read(line, 0, 1)).isEmpty();
    }

    @Test
    void tags_areOfEachOriginAlsoWhenThousandsPassBy() {
        for (int i = 0; i < 5_000; i++) {
            Origin origin = new Origin(Map.of(), "", Source.KONG, Map.of("zone", "z" + i));
            ReceivedLog log = new ReceivedLog(START, 0, "", 0, "", true, false, JoinedBy.TRACE_ID, Map.of(), origin);

            assertThat(read(log).tags()).isEqualTo(Map.of("zone", "z" + i));
            assertThat(read(log).tags()).isEqualTo(Map.of("zone", "z" + i));
        }
    }

    private CountedRequest read(ReceivedLog log) {
        return reader.read(log, 0, 0).orElseThrow();
    }
}
