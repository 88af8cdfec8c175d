package dev.plait.correlator.trace.view;

import static dev.plait.correlator.trace.view.Given.envoy;
import static dev.plait.correlator.trace.view.Given.kong;
import static dev.plait.correlator.trace.view.Given.span;
import static dev.plait.correlator.trace.view.Given.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.SpanKind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetriesTest {
    @Test
    void failedCallFollowedByTheSameCall_isSuperseded() {
        SpanTree tree = tree(
                span(1, 0, "a", 10, 100),
                call(2, 20, 30, "cart").failed(),
                call(3, 30, 40, "cart").failed(),
                call(4, 41, 50, "cart"));

        assertThat(superseded(tree)).containsExactly(1, 2);
    }

    @Test
    void otherPeerOverlapOrSuccess_isNoRetry() {
        SpanTree tree = tree(
                span(1, 0, "a", 10, 100),
                call(2, 20, 30, "cart").failed(),
                call(3, 31, 40, "pay"),
                call(4, 25, 50, "cart"),
                call(5, 60, 70, "cart"));

        assertThat(superseded(tree)).isEmpty();
    }

    @Test
    void resendCount_tellsARetryToAnotherPeer() {
        SpanTree tree = tree(
                span(1, 0, "a", 10, 100),
                call(2, 20, 30, "cart-1").failed(),
                call(3, 31, 40, "x").with("server.address", "cart-2", "http.request.resend_count", 1));

        assertThat(superseded(tree)).containsExactly(1);
    }

    @Test
    void kongsTries_areOneCallWhateverTheirTargets() {
        SpanTree tree =
                tree(span(1, 0, "kong", 10, 100), kongTry(2, 20, 30, 1.0).failed(), kongTry(3, 31, 40, 2.0));

        assertThat(superseded(tree)).containsExactly(1);
        assertThat(new Retries(tree).tries(ProxyLog.of(kong(5)))).isEqualTo(2);
    }

    @Test
    void tries_areAsTheLogCountsThemFirst() {
        SpanTree tree = tree(kongTry(2, 20, 30, 3.0));

        assertThat(new Retries(tree).tries(ProxyLog.of(kong(5, "kong.upstream.try.count", 1))))
                .isEqualTo(1);
    }

    @Test
    void envoysTries_areThoseOfItsSpan() {
        SpanTree tree = tree(span(7, 0, "a", 10, 20).with("retry.count", "2"));
        ReceivedLog log = envoy(5);
        ReceivedLog named =
                new ReceivedLog(5, 7, "", 0, "", true, false, log.joinedBy(), log.attributes(), log.origin());

        assertThat(new Retries(tree).tries(ProxyLog.of(named))).isEqualTo(3);
        assertThat(new Retries(tree).tries(ProxyLog.of(log))).isZero();
    }

    private static Given.Span call(long id, long start, long end, String peer) {
        return span(id, 1, "a", start, end).client().named("GET").with("server.address", peer);
    }

    private static Given.Span kongTry(long id, long start, long end, double number) {
        return span(id, 1, "kong", start, end)
                .kind(SpanKind.CLIENT)
                .named("kong.balancer")
                .with("try_count", number, "net.peer.ip", "10.0.0." + id);
    }

    private static List<Integer> superseded(SpanTree tree) {
        Retries retries = new Retries(tree);
        return IntStream.range(0, tree.size())
                .filter(retries::superseded)
                .boxed()
                .toList();
    }
}
