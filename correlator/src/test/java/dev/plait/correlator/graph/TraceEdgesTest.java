package dev.plait.correlator.graph;

import static dev.plait.correlator.trace.view.Given.envoy;
import static dev.plait.correlator.trace.view.Given.kong;
import static dev.plait.correlator.trace.view.Given.span;
import static dev.plait.schemas.model.SpanKind.CONSUMER;
import static dev.plait.schemas.model.SpanKind.INTERNAL;
import static dev.plait.schemas.model.SpanKind.PRODUCER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.sampling.SamplingRules;
import dev.plait.correlator.trace.view.Given;
import dev.plait.correlator.trace.view.TraceDeriver;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.ReceivedLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Edges of hand-written traces, told as {@code client>server connection}. */
class TraceEdgesTest {
    private static final TraceDeriver DERIVER = new TraceDeriver(SamplingRules.defaults());

    @Test
    void gatewaySidecarServiceDatabase_eachCallIsOneEdge() {
        List<Given.Span> spans = List.of(
                span(1, 0, "kong", 0, 100),
                span(2, 1, "kong", 5, 95).client().named("kong.balancer").with("net.peer.name", "orders.internal"),
                span(3, 2, "orders", 10, 90).named("ingress"),
                span(4, 3, "orders", 15, 85),
                span(5, 4, "orders", 20, 60).client().with("db.system.name", "postgresql", "db.namespace", "shop"));
        List<ReceivedLog> logs = List.of(
                kong(1, "kong.service.name", "orders", "kong.latency.total", 0.0001, "kong.latency.upstream", 0.00008));

        assertThat(told(edges(spans, logs)))
                .containsExactlyInAnyOrder("user>kong virtual", "kong>orders http", "orders>postgresql/shop database");
    }

    @Test
    void call_hasTheDurationsAndErrorsOfBothHalves() {
        List<TimedEdge> edges = edges(
                List.of(
                        span(1, 0, "web", 1_000, 9_000).kind(INTERNAL),
                        span(2, 1, "web", 2_000, 8_000).client(),
                        span(3, 2, "orders", 3_000, 7_000).failed()),
                List.of());

        assertThat(edges)
                .containsExactly(new TimedEdge(
                        "web",
                        "orders",
                        "http",
                        true,
                        OptionalLong.of(6_000),
                        OptionalLong.of(4_000),
                        7_000,
                        Given.TRACE.high(),
                        Given.TRACE.low()));
    }

    @Test
    void zipkinSharedId_isOneCall() {
        assertThat(told(edges(
                        List.of(
                                span(1, 0, "web", 0, 100),
                                span(2, 1, "web", 10, 90).client(),
                                span(2, 1, "orders", 20, 80)),
                        List.of())))
                .containsExactlyInAnyOrder("user>web virtual", "web>orders http");
    }

    @Test
    void serverBelowAnySpanOfAnotherService_isACall() {
        assertThat(told(edges(
                        List.of(span(1, 0, "web", 0, 100), span(2, 1, "orders", 10, 90), span(3, 2, "orders", 20, 80)),
                        List.of())))
                .containsExactlyInAnyOrder("user>web virtual", "web>orders http");
    }

    @Test
    void serviceThatCallsItself_isAnEdgeToItself() {
        assertThat(told(edges(
                        List.of(
                                span(1, 0, "web", 0, 100),
                                span(2, 1, "web", 10, 90).client(),
                                span(3, 2, "web", 20, 80),
                                span(4, 3, "web", 30, 70).kind(INTERNAL)),
                        List.of())))
                .containsExactlyInAnyOrder("user>web virtual", "web>web http");
    }

    @Test
    void queue_joinsProducerAndConsumers() {
        assertThat(told(edges(
                        List.of(
                                span(1, 0, "web", 0, 20),
                                span(2, 1, "web", 10, 15).kind(PRODUCER).with("messaging.system", "kafka"),
                                span(3, 2, "billing", 500, 600).kind(CONSUMER),
                                span(4, 2, "mail", 700, 800).kind(CONSUMER)),
                        List.of())))
                .containsExactlyInAnyOrder("user>web virtual", "web>billing messaging", "web>mail messaging");
    }

    @Test
    void queueWithOneSideSeen_isAVirtualNode() {
        Object[] orders = {"messaging.system", "kafka", "messaging.destination.name", "orders"};

        assertThat(told(edges(List.of(span(1, 0, "web", 0, 20).kind(PRODUCER).with(orders)), List.of())))
                .containsExactly("web>kafka/orders messaging");
        assertThat(told(edges(List.of(span(1, 7, "mail", 0, 20).kind(CONSUMER).with(orders)), List.of())))
                .containsExactly("kafka/orders>mail messaging");
    }

    @Test
    void receivingSpans_areNoCalls() {
        Object[] receive = {
            "messaging.system", "kafka", "messaging.destination.name", "orders", "messaging.operation.type", "receive"
        };

        assertThat(told(edges(
                        List.of(
                                span(1, 0, "mail", 0, 20).client().with(receive),
                                span(2, 1, "mail", 5, 15).kind(CONSUMER)),
                        List.of())))
                .isEmpty();
    }

    @Test
    void clientWithoutItsServer_goesToTheNodeItNames() {
        assertThat(told(edges(
                        List.of(
                                call(1).with("peer.service", "legacy", "server.address", "10.0.0.7"),
                                call(2).with("rpc.system", "grpc", "rpc.service", "shop.Cart"),
                                call(3).with("rpc.system.name", "grpc", "rpc.method", "shop.Stock/Get"),
                                call(4).with("db.system", "redis"),
                                call(5).with("server.address", "api.example"),
                                call(6).with("http.request.method", "GET")),
                        List.of())))
                .containsExactlyInAnyOrder(
                        "web>legacy virtual",
                        "web>shop.Cart rpc",
                        "web>shop.Stock rpc",
                        "web>redis database",
                        "web>api.example virtual");
    }

    @Test
    void serverWithoutItsClient_tellsNothingOfItsCaller() {
        assertThat(edges(List.of(span(2, 1, "orders", 10, 90)), List.of())).isEmpty();
    }

    @Test
    void clientWithinClient_isOneCall() {
        assertThat(told(edges(
                        List.of(
                                span(1, 9, "web", 0, 100).client().with("server.address", "orders"),
                                span(2, 1, "web", 10, 90).kind(INTERNAL),
                                span(3, 2, "web", 20, 80).client().with("server.address", "orders.mesh")),
                        List.of())))
                .containsExactly("web>orders.mesh virtual");
    }

    @Test
    void retry_isOneCallToTheServiceThatAnsweredAtLast() {
        List<TimedEdge> edges = edges(
                List.of(
                        span(1, 9, "kong", 0, 100),
                        tried(2, 10, 20).failed(),
                        tried(3, 30, 90),
                        span(4, 3, "orders", 40, 80)),
                List.of());

        assertThat(told(edges)).containsExactlyInAnyOrder("kong>orders http", "kong>orders http");
        assertThat(edges.stream().filter(TimedEdge::error)).hasSize(1);
    }

    @Test
    void triesOfAServiceWithoutSpans_goToTheServiceThatKongNames() {
        List<TimedEdge> edges = edges(
                List.of(
                        span(1, 9, "kong", 0, 100),
                        tried(2, 10, 20).failed(),
                        tried(3, 30, 90).failed()),
                List.of(kong(0, "kong.service.name", "orders", "kong.upstream.try.count", 2)));

        assertThat(told(edges)).containsExactly("kong>orders http", "kong>orders http");
    }

    @Test
    void accessLogs_giveOnlyPairsThatSpansDoNot() {
        Object[] hop = {
            "kuma.source.service",
            "orders",
            "kuma.destination.service",
            "stock",
            "http.request.header.x-request-id",
            "r1"
        };
        List<ReceivedLog> logs = List.of(
                kong(0, "kong.service.name", "orders", "kong.latency.upstream", 40), envoy(10, hop), envoy(20, hop));

        assertThat(told(edges(List.of(), logs))).containsExactlyInAnyOrder("kong>orders http", "orders>stock http");
        assertThat(told(edges(List.of(span(1, 0, "orders", 0, 100), span(2, 1, "stock", 10, 90)), logs)))
                .containsExactlyInAnyOrder("kong>orders http", "orders>stock http");
    }

    @Test
    void requestThatKongAnswered_isNoCall() {
        assertThat(edges(List.of(), List.of(kong(0, "kong.service.name", "orders", "kong.latency.total", 2))))
                .isEmpty();
    }

    @Test
    void accessLogWithoutATrace_isAnEdgeOfItsOwn() {
        assertThat(TraceEdges.edge(kong(
                        1_000_000, "kong.service.name", "orders", "kong.latency.total", 3, "kong.latency.upstream", 2)))
                .contains(new TimedEdge(
                        "kong",
                        "orders",
                        "http",
                        false,
                        OptionalLong.of(2_000_000),
                        OptionalLong.empty(),
                        4_000_000,
                        0,
                        0));
        assertThat(TraceEdges.edge(envoy(0, "kuma.source.service", "unknown", "kuma.destination.service", "web")))
                .map(TraceEdgesTest::told)
                .contains("user>web virtual");
        assertThat(TraceEdges.edge(envoy(0, "kuma.destination.service", "web"))).isEmpty();
    }

    @Test
    void callOfUnknownDuration_isACallWithoutOne() {
        ReceivedLog mesh = envoy(10, "kuma.source.service", "orders", "kuma.destination.service", "stock");
        ReceivedLog gateway = kong(0, "kong.service.name", "orders", "kong.upstream.try.count", 1);

        assertThat(edges(List.of(), List.of(gateway, mesh))).hasSize(2).allSatisfy(edge -> {
            assertThat(edge.clientNanos()).isEmpty();
            assertThat(edge.serverNanos()).isEmpty();
        });
        assertThat(TraceEdges.edge(mesh).orElseThrow().clientNanos()).isEmpty();
    }

    @Test
    void callThatFailedInGrpc_isAnErrorUnderHttp200() {
        ReceivedLog mesh = envoy(
                10,
                "kuma.source.service",
                "orders",
                "kuma.destination.service",
                "stock",
                "http.response.status_code",
                200,
                "rpc.status_code",
                "UNAVAILABLE");

        assertThat(edges(List.of(), List.of(kong(0, "kong.service.name", "orders"), mesh)))
                .singleElement()
                .satisfies(edge -> assertThat(edge.error()).isTrue());
        assertThat(TraceEdges.edge(mesh).orElseThrow().error()).isTrue();
    }

    @Test
    void circle_isFollowedOnce() {
        assertThat(told(edges(
                        List.of(span(1, 3, "a", 0, 100), span(2, 1, "b", 10, 90), span(3, 2, "c", 20, 80)), List.of())))
                .containsExactlyInAnyOrder("a>b http", "b>c http");
    }

    @Test
    void longChain_isWalkedWithoutRecursion() {
        List<Given.Span> spans = new ArrayList<>();
        for (int i = 1; i <= 20_000; i++) {
            spans.add(span(i, i - 1, "web", i, 50_000).client().with("server.address", "x"));
        }

        assertThat(told(edges(spans, List.of()))).containsExactly("web>x virtual");
    }

    @Test
    void edges_doNotDependOnTheOrderOfPieces() {
        List<Given.Span> spans = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 1; i <= 60; i++) {
            Given.Span span = span(i, random.nextInt(i), "s" + random.nextInt(5), i, 100 + random.nextInt(50));
            spans.add(random.nextBoolean() ? span.client().with("server.address", "h" + random.nextInt(3)) : span);
        }
        List<TimedEdge> edges = edges(spans, List.of());

        Collections.shuffle(spans, random);

        assertThat(edges(spans, List.of())).isEqualTo(edges).isNotEmpty();
    }

    @Test
    void revision_givesOnlyWhatItAdds() {
        CorrelatedTrace trace = trace(
                List.of(
                        span(1, 0, "web", 0, 100),
                        span(2, 1, "web", 10, 90).client(),
                        span(3, 2, "orders", 20, 80),
                        span(4, 3, "stock", 30, 70)),
                List.of());

        assertThat(told(added(trace, Set.of(4)))).containsExactly("orders>stock http");
        assertThat(added(trace, Set.of())).isEmpty();
        assertThat(told(added(trace, Set.of(1, 2, 3, 4)))).hasSize(3);
    }

    /** The client's half alone was counted to an address: windows cannot take it back. */
    @Test
    void serverThatComesLate_isCountedOnceMoreUnlessItsClientNamedIt() {
        List<Given.Span> address = List.of(
                span(2, 9, "web", 10, 90).client().with("server.address", "10.0.0.7"), span(3, 2, "orders", 20, 80));
        List<Given.Span> named = List.of(
                span(2, 9, "web", 10, 90).client().with("peer.service", "orders"), span(3, 2, "orders", 20, 80));

        assertThat(told(added(trace(address, List.of()), Set.of(3)))).containsExactly("web>orders http");
        assertThat(added(trace(named, List.of()), Set.of(3))).isEmpty();
    }

    @Test
    void spansThatComeAfterTheirAccessLog_addNoSecondCall() {
        CorrelatedTrace trace = trace(
                List.of(span(1, 0, "kong", 0, 100), span(2, 1, "kong", 5, 95).client(), span(3, 2, "orders", 10, 90)),
                List.of(kong(0, "kong.service.name", "orders", "kong.latency.upstream", 0.0001)));

        List<TimedEdge> added = TraceEdges.edges(trace, span -> true, log -> false);

        assertThat(told(added)).containsExactly("user>kong virtual");
    }

    private static Given.Span call(long id) {
        return span(id, 99, "web", id, 50).client();
    }

    private static Given.Span tried(long id, long start, long end) {
        return span(id, 1, "kong", start, end).client().named("kong.balancer").with("net.peer.name", "orders.internal");
    }

    private static List<TimedEdge> edges(List<Given.Span> spans, List<ReceivedLog> logs) {
        return TraceEdges.edges(trace(spans, logs), span -> true, log -> true);
    }

    private static List<TimedEdge> added(CorrelatedTrace trace, Set<Integer> newSpans) {
        return TraceEdges.edges(trace, span -> newSpans.contains(Integer.parseInt(span.spanId(), 16)), log -> false);
    }

    private static CorrelatedTrace trace(List<Given.Span> spans, List<ReceivedLog> logs) {
        return DERIVER.derive(Given.closing(), Given.spans(spans.toArray(Given.Span[]::new)), logs, List.of());
    }

    private static List<String> told(List<TimedEdge> edges) {
        return edges.stream().map(TraceEdgesTest::told).toList();
    }

    private static String told(TimedEdge edge) {
        return edge.client() + '>' + edge.server() + ' ' + edge.connection();
    }
}
