package dev.plait.correlator.trace.view;

import static dev.plait.correlator.trace.view.Given.access;
import static dev.plait.correlator.trace.view.Given.envoy;
import static dev.plait.correlator.trace.view.Given.kong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.RootCause;
import dev.plait.schemas.model.Source;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProxyLogsTest {
    @Test
    void gateway_isKongsLogThoughEnvoysIsEarlier() {
        ProxyLogs proxies = ProxyLogs.of(List.of(envoy(10), kong(30), envoy(40), kong(20)));

        assertThat(proxies.gateway().orElseThrow().access().startEpochNanos()).isEqualTo(20);
        assertThat(proxies.hops())
                .extracting(hop -> hop.access().startEpochNanos())
                .containsExactly(10L, 30L, 40L);
    }

    @Test
    void gateway_isTheEarliestThenTheLongestWithoutKong() {
        ProxyLogs proxies =
                ProxyLogs.of(List.of(envoy(20), envoy(10, "envoy.duration", 5.0), envoy(10, "envoy.duration", 8.0)));

        assertThat(proxies.gateway().orElseThrow().access().totalMs()).hasValue(8);
        assertThat(proxies.hops())
                .extracting(hop -> hop.access().totalMs())
                .containsExactly(OptionalDouble.of(5), OptionalDouble.empty());
    }

    @Test
    void logThatIsNoAccessLog_isNoHop() {
        assertThat(ProxyLogs.of(List.of(Given.log(5, "a", "text"))).all()).isEmpty();
    }

    @Test
    void kongsLog_givesEveryField() {
        AccessLog access = ProxyLog.of(kong(
                        7_000,
                        "kong.request.id",
                        "9f0c",
                        "kong.route.name",
                        "orders-v1",
                        "kong.service.name",
                        "orders",
                        "kong.consumer.username",
                        "alice",
                        "http.request.method",
                        "GET",
                        "url.path",
                        "/orders",
                        "http.response.status_code",
                        502,
                        "client.address",
                        "10.0.0.9",
                        "kong.latency.total",
                        46.0,
                        "kong.latency.internal",
                        3.0,
                        "kong.latency.upstream",
                        41.0,
                        "kong.upstream.try.count",
                        2))
                .access();

        assertThat(access)
                .isEqualTo(new AccessLog(
                        "kong",
                        Optional.of("kong"),
                        Optional.of("orders-v1"),
                        Optional.of("orders"),
                        Optional.of("alice"),
                        Optional.of("9f0c"),
                        Optional.of("GET"),
                        Optional.of("/orders"),
                        502,
                        true,
                        Optional.of("10.0.0.9"),
                        7_000,
                        OptionalDouble.of(46),
                        OptionalDouble.of(3),
                        OptionalDouble.of(41),
                        2,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void kongsLogOverOtlp_tellsEachTry() {
        AccessLog access = ProxyLog.of(
                        kong(7_000, "kong.upstream.try.1.ip", "10.1.0.4", "kong.upstream.try.2.ip", "10.1.0.5"))
                .access();

        assertThat(access.tries()).isEqualTo(2);
    }

    @Test
    void envoysLog_givesFlagsAndBothEnds() {
        AccessLog access = ProxyLog.of(envoy(
                        7_000,
                        "http.response.status_code",
                        "503",
                        "envoy.response_flags",
                        "UF,URX",
                        "envoy.duration",
                        12.0,
                        "kuma.source.service",
                        "frontend",
                        "kuma.destination.service",
                        "backend",
                        "http.request.header.x-request-id",
                        "0b3c"))
                .access();

        assertThat(access.product()).isEqualTo("envoy");
        assertThat(access.status()).isEqualTo(503);
        assertThat(access.responseFlags()).containsExactly("UF", "URX");
        assertThat(access.source()).contains("frontend");
        assertThat(access.destination()).contains("backend");
        assertThat(access.requestId()).contains("0b3c");
        assertThat(access.upstreamMs()).isEmpty();
    }

    @Test
    void otlpAccessLog_isToldByItsAttributes() {
        assertThat(ProxyLog.of(access(Source.OTLP, 1, "kong.request.id", "x"))
                        .access()
                        .product())
                .isEqualTo("kong");
        assertThat(ProxyLog.of(access(Source.OTLP, 1, "http.response.status_code", 200))
                        .access()
                        .product())
                .isEqualTo("envoy");
    }

    @Test
    void oldNamesAndUnproxiedLatency_areUnderstood() {
        AccessLog access = ProxyLog.of(kong(
                        1,
                        "http.method",
                        "POST",
                        "http.url",
                        "https://gw:8443/a/b?c=d",
                        "http.status_code",
                        404.0,
                        "kong.latency.upstream",
                        -1.0))
                .access();

        assertThat(access.method()).contains("POST");
        assertThat(access.path()).contains("/a/b");
        assertThat(access.status()).isEqualTo(404);
        assertThat(access.upstreamMs()).isEmpty();
    }

    @Test
    void failure_isAServerErrorOrAFlagThatBlamesTheUpstream() {
        assertThat(ProxyLog.of(kong(1, "http.response.status_code", 500)).failed())
                .isTrue();
        assertThat(ProxyLog.of(kong(1, "http.response.status_code", 499)).failed())
                .isFalse();
        assertThat(ProxyLog.of(envoy(1, "envoy.response_flags", "UpstreamOverflow"))
                        .failed())
                .isTrue();
        assertThat(ProxyLog.of(envoy(1, "http.response.status_code", 0, "envoy.response_flags", "DC"))
                        .failed())
                .isFalse();
        assertThat(ProxyLog.of(envoy(1, "envoy.response_flags", "-")).failed()).isFalse();
    }

    @Test
    void faultKind_followsFlagsThenKongsOwnWord() {
        assertThat(ProxyLog.of(envoy(1, "envoy.response_flags", "URX,UF")).kind())
                .isEqualTo(RootCause.Kind.NETWORK);
        assertThat(ProxyLog.of(envoy(1, "envoy.response_flags", "UH")).kind()).isEqualTo(RootCause.Kind.UPSTREAM);
        assertThat(ProxyLog.of(envoy(1, "envoy.response_flags", "DC")).kind()).isEqualTo(RootCause.Kind.CLIENT);
        assertThat(ProxyLog.of(kong(1, "kong.response.source", "kong", "http.response.status_code", 503))
                        .kind())
                .isEqualTo(RootCause.Kind.GATEWAY);
        assertThat(ProxyLog.of(kong(1, "kong.response.source", "upstream", "http.response.status_code", 502))
                        .kind())
                .isEqualTo(RootCause.Kind.UPSTREAM);
        assertThat(ProxyLog.of(kong(1, "http.response.status_code", 499)).kind())
                .isEqualTo(RootCause.Kind.CLIENT);
        assertThat(ProxyLog.of(kong(1)).kind()).isEqualTo(RootCause.Kind.UNKNOWN);
    }
}
