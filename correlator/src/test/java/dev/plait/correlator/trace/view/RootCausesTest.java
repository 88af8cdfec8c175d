package dev.plait.correlator.trace.view;

import static dev.plait.correlator.trace.view.Given.envoy;
import static dev.plait.correlator.trace.view.Given.kong;
import static dev.plait.correlator.trace.view.Given.span;
import static dev.plait.correlator.trace.view.Given.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.RootCause;
import dev.plait.schemas.model.RootCause.Kind;
import dev.plait.schemas.model.SpanKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RootCausesTest {
    @Test
    void deepestFailingSpan_isTheCause() {
        SpanTree tree = tree(
                span(1, 0, "gate", 10, 100).failed(),
                span(2, 1, "cart", 20, 90).failed(),
                span(3, 2, "db", 30, 40).failed().named("SELECT").throwing("java.sql.SQLException", "deadlock"),
                span(4, 1, "ads", 20, 90).failed());

        assertThat(cause(tree))
                .contains(new RootCause(
                        "db",
                        "SELECT",
                        Optional.of("0000000000000003"),
                        Kind.UPSTREAM,
                        "java.sql.SQLException: deadlock"));
    }

    @Test
    void equallyDeepFailures_theLatestIsTheCause() {
        SpanTree tree = tree(
                span(1, 0, "gate", 10, 100).failed(),
                span(5, 1, "a", 20, 30).failed(),
                span(4, 1, "b", 40, 50).failed(),
                span(3, 1, "c", 40, 50).failed());

        assertThat(cause(tree).orElseThrow().spanId()).contains("0000000000000003");
    }

    @Test
    void failureBelowASuccessfulCall_comesAfterOneThatWasNotDealtWith() {
        SpanTree tree = tree(
                span(1, 0, "gate", 10, 100).failed(),
                span(2, 1, "cart", 20, 30).with("http.response.status_code", 200),
                span(3, 2, "cache", 22, 24).failed(),
                span(4, 1, "pay", 40, 50).failed());

        assertThat(cause(tree).orElseThrow().service()).isEqualTo("pay");
    }

    @Test
    void failureBelowASpanOfNoOutcome_isTheCause() {
        // Kong's balancer span carries neither status when the upstream answered
        SpanTree tree = tree(
                span(1, 0, "kong", 10, 100).failed().named("kong"),
                span(2, 1, "kong", 20, 90).client().named("kong.balancer"),
                span(3, 2, "orders", 25, 85).failed());

        assertThat(cause(tree).orElseThrow().service()).isEqualTo("orders");
    }

    @Test
    void failedAttempt_isNotTheCauseWhenARetryFollowed() {
        SpanTree tree = tree(
                span(1, 0, "gate", 10, 100).failed(),
                span(2, 1, "gate", 20, 30).client().named("GET").failed().with("server.address", "cart"),
                span(3, 2, "cart", 21, 29).failed(),
                span(4, 1, "gate", 31, 40).client().named("GET").with("server.address", "cart"),
                span(5, 1, "gate", 50, 60).kind(SpanKind.INTERNAL).failed().named("render"));

        assertThat(cause(tree).orElseThrow().operation()).isEqualTo("render");
    }

    @Test
    void spanWhoseFailingChildWasDealtWith_failedByItself() {
        SpanTree tree = tree(
                span(1, 0, "gate", 10, 100).failed().saying("cannot render"),
                span(2, 1, "gate", 20, 30).client().named("GET").failed().with("server.address", "cart"),
                span(3, 1, "gate", 31, 40).client().named("GET").with("server.address", "cart"));

        assertThat(cause(tree).orElseThrow().reason()).isEqualTo("cannot render");
    }

    @Test
    void onlyFailuresDealtWith_areTheCauseAfterTheProxys() {
        SpanTree tree = tree(
                span(1, 0, "gate", 10, 100).with("http.status_code", "200"),
                span(2, 1, "x", 20, 30).failed());

        assertThat(cause(tree, kong(5, "http.response.status_code", 503, "kong.response.source", "kong")))
                .contains(new RootCause("kong", "kong", Optional.empty(), Kind.GATEWAY, "kong answered 503 itself"));
        assertThat(cause(tree).orElseThrow().service()).isEqualTo("x");
    }

    @Test
    void withoutSpans_theInnermostFailingProxyTells() {
        ReceivedLog gateway = kong(
                5, "http.response.status_code", 502, "kong.response.source", "upstream", "kong.service.name", "orders");
        ReceivedLog hop = envoy(
                6,
                "http.response.status_code",
                503,
                "envoy.response_flags",
                "UF,URX",
                "http.request.method",
                "GET",
                "url.path",
                "/stock",
                "kuma.destination.service",
                "stock");

        assertThat(cause(tree(), gateway))
                .contains(new RootCause(
                        "orders", "kong", Optional.empty(), Kind.UPSTREAM, "orders answered 502 through kong"));
        assertThat(cause(tree(), gateway, hop))
                .contains(new RootCause(
                        "stock",
                        "GET /stock",
                        Optional.empty(),
                        Kind.NETWORK,
                        "envoy answered 503: UF (UpstreamConnectionFailure)"));
    }

    @Test
    void proxysSpan_isJudgedByItsAccessLog() {
        SpanTree tried =
                tree(span(1, 0, "kong", 10, 100).client().named("kong.balancer").failed());
        SpanTree plugin = tree(span(1, 0, "kong", 10, 100)
                .kind(SpanKind.INTERNAL)
                .named("kong.access.plugin.opa")
                .failed());
        ReceivedLog own = kong(5, "http.response.status_code", 503, "kong.response.source", "kong");
        ReceivedLog passed = kong(5, "http.response.status_code", 503, "kong.response.source", "upstream");

        assertThat(kind(
                        tree(span(1, 0, "kong", 10, 100)
                                .with("kong.request.id", "x")
                                .failed()),
                        own))
                .isEqualTo(Kind.GATEWAY);
        assertThat(kind(tried, own)).isEqualTo(Kind.NETWORK);
        assertThat(kind(tried, passed)).isEqualTo(Kind.UPSTREAM);
        assertThat(kind(tried)).isEqualTo(Kind.NETWORK);
        assertThat(kind(plugin, passed)).isEqualTo(Kind.GATEWAY);
    }

    @Test
    void call_isANetworkFaultWhenItBrokeDown() {
        Given.Span call = span(1, 0, "orders", 10, 100).client().failed();

        assertThat(kind(tree(call.throwing("java.net.ConnectException", "Connection refused"))))
                .isEqualTo(Kind.NETWORK);
        assertThat(kind(tree(call.with("error.type", "ECONNRESET")))).isEqualTo(Kind.NETWORK);
        assertThat(kind(tree(call), envoy(5, "envoy.response_flags", "UC"))).isEqualTo(Kind.NETWORK);
        assertThat(kind(tree(call.with("http.response.status_code", 503)))).isEqualTo(Kind.UPSTREAM);
        assertThat(kind(tree(call.with("response_flags", "UH")))).isEqualTo(Kind.UPSTREAM);
    }

    @Test
    void cancelledRequest_isTheClients() {
        assertThat(kind(tree(span(1, 0, "a", 1, 2).failed().with("rpc.grpc.status_code", 1))))
                .isEqualTo(Kind.CLIENT);
        assertThat(kind(tree(span(1, 0, "a", 1, 2).failed().with("rpc.response.status_code", "CANCELLED"))))
                .isEqualTo(Kind.CLIENT);
        assertThat(kind(tree(span(1, 0, "a", 1, 2).failed().with("http.status_code", 499))))
                .isEqualTo(Kind.CLIENT);
    }

    @Test
    void nothingFailed_noCause() {
        assertThat(cause(tree(span(1, 0, "a", 1, 2)), kong(1, "http.response.status_code", 200)))
                .isEmpty();
    }

    private static Kind kind(SpanTree tree, ReceivedLog... logs) {
        return cause(tree, logs).orElseThrow().kind();
    }

    private static Optional<RootCause> cause(SpanTree tree, ReceivedLog... logs) {
        return RootCauses.find(tree, ProxyLogs.of(List.of(logs)), new Retries(tree));
    }
}
