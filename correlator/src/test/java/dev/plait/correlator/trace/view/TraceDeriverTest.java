package dev.plait.correlator.trace.view;

import static dev.plait.correlator.trace.view.Given.closing;
import static dev.plait.correlator.trace.view.Given.kong;
import static dev.plait.correlator.trace.view.Given.log;
import static dev.plait.correlator.trace.view.Given.span;
import static dev.plait.correlator.trace.view.Given.spans;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.sampling.SamplingRules;
import dev.plait.schemas.model.CloseReason;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.CorrelatedTrace.Counts;
import dev.plait.schemas.model.ReceivedExemplar;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.RequestStatus;
import dev.plait.schemas.model.RootCause;
import dev.plait.schemas.model.SamplingDecision;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.TraceLog;
import dev.plait.schemas.model.TraceSpan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceDeriverTest {
    private static final List<ReceivedSpan> HEALTHY = spans(
            span(1, 0, "gate", 1_000, 1_100), span(2, 1, "db", 1_020, 1_070).client());

    @Test
    void wholeTrace_isTold() {
        ReceivedLog access = kong(
                990,
                "http.request.method",
                "GET",
                "url.path",
                "/x",
                "http.response.status_code",
                200,
                "kong.latency.total",
                0.0005);
        ReceivedLog line = log(1_030, "db", "slow query");

        CorrelatedTrace trace = derive(HEALTHY, List.of(line, access));

        assertThat(trace.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(trace.idWidth()).isEqualTo(128);
        assertThat(trace.revision()).isEqualTo(1);
        assertThat(trace.closedBecause()).isEqualTo(CloseReason.ROOT_COMPLETE);
        assertThat(trace.startEpochNanos()).isEqualTo(990);
        assertThat(trace.durationNanos()).isEqualTo(500);
        assertThat(trace.status()).isEqualTo(RequestStatus.OK);
        assertThat(trace.root())
                .contains(new CorrelatedTrace.Root("0000000000000001", "gate", "op-1", SpanKind.SERVER));
        assertThat(trace.services()).containsExactly("db", "gate", "kong");
        assertThat(trace.spans()).extracting(TraceSpan::selfNanos).containsExactly(50L, 50L);
        assertThat(trace.spans()).extracting(TraceSpan::onCriticalPath).containsExactly(true, true);
        assertThat(trace.criticalPath())
                .containsExactly(
                        new CorrelatedTrace.PathSegment("0000000000000001", 1_000, 1_020),
                        new CorrelatedTrace.PathSegment("0000000000000002", 1_020, 1_070),
                        new CorrelatedTrace.PathSegment("0000000000000001", 1_070, 1_100));
        assertThat(trace.logs()).extracting(TraceLog::body).containsExactly("GET /x 200", "slow query");
        assertThat(trace.logs()).extracting(TraceLog::source).containsExactly("kong", "otlp");
        assertThat(trace.rootCause()).isEmpty();
        assertThat(trace.counts()).isEqualTo(closing().counts());
        assertThat(trace.verdict()).isEqualTo(new CorrelatedTrace.Verdict(true, true, true, 0, false, false, 0));
        assertThat(trace.sampling()).isEqualTo(new SamplingDecision(trace.traceId(), true, "probability", 1, 1_000));
    }

    @Test
    void status_isTheEntryProxysBeforeTheRoots() {
        List<ReceivedSpan> failedRoot = spans(span(1, 0, "gate", 1_000, 1_100).failed());

        assertThat(derive(failedRoot, List.of()).status()).isEqualTo(RequestStatus.ERROR);
        assertThat(derive(failedRoot, List.of(kong(990, "http.response.status_code", 200)))
                        .status())
                .isEqualTo(RequestStatus.OK);
        assertThat(derive(HEALTHY, List.of(kong(990, "http.response.status_code", 503)))
                        .status())
                .isEqualTo(RequestStatus.ERROR);
    }

    @Test
    void innerError_leavesAGoodRequestGood() {
        CorrelatedTrace trace = derive(
                spans(
                        span(1, 0, "gate", 1_000, 1_100),
                        span(2, 1, "db", 1_020, 1_070).failed()),
                List.of());

        assertThat(trace.status()).isEqualTo(RequestStatus.OK);
        assertThat(trace.rootCause()).isEmpty();
        assertThat(trace.counts().errors()).isEqualTo(1);
        assertThat(trace.spans().get(1).error()).isTrue();
    }

    @Test
    void withoutRoot_anyFailingSpanMakesAnError() {
        CorrelatedTrace trace =
                derive(spans(span(2, 1, "a", 5, 9), span(3, 2, "b", 6, 7).failed()), List.of());

        assertThat(trace.status()).isEqualTo(RequestStatus.ERROR);
        assertThat(trace.root()).isEmpty();
        assertThat(trace.rootCause()).map(RootCause::service).contains("b");
        assertThat(trace.verdict().complete()).isFalse();
        assertThat(trace.verdict().missingParents()).isEqualTo(1);
    }

    @Test
    void errorTrace_isKept() {
        CorrelatedTrace trace = derive(spans(span(1, 0, "a", 5, 9).failed()), List.of());

        assertThat(trace.sampling().reason()).isEqualTo("error");
    }

    @Test
    void gatewayLogWithoutSpans_isARecordOfItsOwn() {
        CorrelatedTrace trace = derive(List.of(), List.of(kong(990, "http.response.status_code", 404)));

        assertThat(trace.status()).isEqualTo(RequestStatus.OK);
        assertThat(trace.gateway()).isPresent();
        assertThat(trace.criticalPath()).isEmpty();
        assertThat(trace.verdict()).isEqualTo(new CorrelatedTrace.Verdict(false, false, true, 0, false, false, 0));
    }

    @Test
    void unknownAndReversedTimes_areIgnored() {
        CorrelatedTrace trace = derive(
                spans(span(1, 0, "a", 0, 1_500), span(2, 1, "a", 1_000, 900), span(3, 1, "a", -5, -1)),
                List.of(log(0, "a", "when?")));

        assertThat(trace.startEpochNanos()).isEqualTo(1_000);
        assertThat(trace.durationNanos()).isEqualTo(500);
        assertThat(trace.spans()).extracting(TraceSpan::durationNanos).containsOnly(0L);
        assertThat(trace.spans()).extracting(TraceSpan::startEpochNanos).containsExactly(0L, 0L, 1_000L);
    }

    @Test
    void nothingTimed_startsAtZero() {
        CorrelatedTrace trace = derive(List.of(), List.of(log(0, "a", "x")));

        assertThat(trace.startEpochNanos()).isZero();
        assertThat(trace.durationNanos()).isZero();
    }

    @Test
    void hugeTimes_saturate() {
        CorrelatedTrace trace =
                derive(List.of(), List.of(kong(Long.MAX_VALUE - 10, "kong.latency.total", 1e300), log(1, "a", "x")));

        assertThat(trace.durationNanos()).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void delta_isNeverComplete() {
        CorrelatedTrace trace =
                deriver().derive(closing(true, new Counts(9, 0, 0, 0, 0, 0)), HEALTHY, List.of(), List.of());

        assertThat(trace.delta()).isTrue();
        assertThat(trace.counts().spans()).isEqualTo(9);
        assertThat(trace.verdict().complete()).isFalse();
    }

    @Test
    void droppedPieces_makeATraceIncomplete() {
        CorrelatedTrace trace =
                deriver().derive(closing(false, new Counts(9, 0, 0, 0, 0, 1)), HEALTHY, List.of(), List.of());

        assertThat(trace.verdict().complete()).isFalse();
    }

    @Test
    void spanWithoutService_isOfAnUnknownOne() {
        CorrelatedTrace trace = derive(spans(span(1, 0, "", 1, 2)), List.of(log(1, "", "x")));

        assertThat(trace.services()).containsExactly("unknown_service");
        assertThat(trace.logs().get(0).service()).isEmpty();
    }

    @Test
    void exemplars_areInTheirOrder() {
        ReceivedExemplar late = exemplar("b", 20);
        ReceivedExemplar early = exemplar("a", 10);

        CorrelatedTrace trace = deriver().derive(closing(), HEALTHY, List.of(), List.of(late, early));

        assertThat(trace.exemplars())
                .containsExactly(
                        new CorrelatedTrace.Exemplar("a", "s", 1.5, 10, Optional.of("0000000000000007"), Map.of()),
                        new CorrelatedTrace.Exemplar("b", "s", 1.5, 20, Optional.of("0000000000000007"), Map.of()));
    }

    private static ReceivedExemplar exemplar(String metric, long time) {
        return new ReceivedExemplar(metric, "s", 1.5, time, 7, Map.of(), Given.origin("a", "", Map.of()));
    }

    private static CorrelatedTrace derive(List<ReceivedSpan> spans, List<ReceivedLog> logs) {
        return deriver().derive(closing(), spans, logs, List.of());
    }

    private static TraceDeriver deriver() {
        return new TraceDeriver(new SamplingRules(1_000_000, 1));
    }
}
