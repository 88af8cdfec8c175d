package dev.plait.topology;

import static dev.plait.topology.Incident.MINUTE_MS;
import static dev.plait.topology.Telemetry.EPOCH_MS;
import static dev.plait.topology.Telemetry.kong;
import static dev.plait.topology.Telemetry.span;
import static dev.plait.topology.Telemetry.spans;
import static dev.plait.topology.Telemetry.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Incidents from bytes to alerts. Everything is worked out again from the plain list of requests: totals exactly, and when
 * each alert fires and resolves in the manner of recording rules, which sum the requests of the last so many minutes at each
 * evaluation. Windows are divided by 60, so an hour is a minute.
 */
class IncidentTest {
    private static final long SEED = 20261120;

    /** Recording rules know no buckets: a transition may be told a bucket and an evaluation earlier or later. */
    private static final long STEP_MS = 30_000;

    private static final AlertRule PAGE = new AlertRule(
            "ErrorBudgetBurn",
            Alert.Kind.BURN_RATE,
            "page",
            0,
            List.of(new BurnPair(MINUTE_MS, 10_000, 14.4), new BurnPair(6 * MINUTE_MS, 30_000, 6)),
            Optional.empty(),
            0);

    private static final SloDefinition SLO = new SloDefinition(
            "orders",
            "Orders",
            "",
            "orders",
            0,
            new Indicator(
                    RequestSource.GATEWAY_LOG,
                    Optional.empty(),
                    new Filter("route == 'orders-v1'", Long.MAX_VALUE),
                    new Filter("status < 500", Long.MAX_VALUE),
                    false),
            List.of(),
            0.99,
            30,
            12 * 60 * MINUTE_MS,
            10,
            3,
            List.of(PAGE));

    @ParameterizedTest
    @EnumSource(Incident.class)
    void incident_isCountedExactlyAndAlertedInTime(Incident incident) {
        List<Incident.Request> requests = incident.requests(SEED);
        List<JsonNode> alerts;
        List<JsonNode> statuses;

        try (TopologyHarness plait = new TopologyHarness()) {
            plait.at(0).define(SLO);
            for (Incident.Request request : requests) {
                send(plait.at(request.arrivalMs()), request);
            }
            for (long afterMs = 1_000; afterMs < 2 * MINUTE_MS; afterMs += 1_000) {
                plait.at(Incident.LENGTH_MS + afterMs);
            }
            alerts = plait.written("plait-alerts");
            statuses = plait.written("plait-slo");
        }

        List<Incident.Request> once =
                requests.stream().filter(request -> !request.copy()).toList();
        long bad = once.stream().filter(Incident.Request::bad).count();
        JsonNode last = statuses.get(statuses.size() - 1);
        assertThat(last.path("bad").asLong()).as("seed %d", SEED).isEqualTo(bad);
        assertThat(last.path("total").asLong()).isEqualTo(once.size());
        assertTransitions(told(alerts), expected(once));
        firing(alerts).ifPresent(IncidentTest::assertEvidence);
    }

    /** A gateway log; a traced one with the span of payments, where the fault is. */
    private static void send(TopologyHarness plait, Incident.Request request) {
        String requestId = String.format("%032x", request.id());
        int status = request.bad() ? 503 : 200;
        if (!request.traced()) {
            plait.send("kong_logs", kong(requestId, "", status, request.startMs()));
            return;
        }
        String trace = String.format("%016x%016x", 7, request.id());
        String[] failed = request.bad() ? new String[] {text("error.type", "card processor away")} : new String[] {};
        plait.send("kong_logs", kong(requestId, "{\"w3c\":\"" + trace + "\"}", status, request.startMs()));
        plait.send("otlp_spans", spans("orders", span(trace, "00000000000000a1", "", request.startMs(), 40, failed)));
        plait.send(
                "otlp_spans",
                spans(
                        "payments",
                        span(trace, "00000000000000a2", "00000000000000a1", request.startMs() + 5, 20, failed)));
    }

    /** A time at which the alert fired, or resolved. */
    private record Transition(boolean fires, long atMs) {}

    private static List<Transition> told(List<JsonNode> alerts) {
        List<Transition> told = new ArrayList<>();
        for (JsonNode alert : alerts) {
            boolean fires = alert.path("state").asText().equals("FIRING");
            if (told.isEmpty() ? fires : told.get(told.size() - 1).fires != fires) {
                told.add(new Transition(fires, alert.path("updatedAtMs").asLong() - EPOCH_MS));
            }
        }
        long resolved = alerts.stream()
                .filter(alert -> alert.path("state").asText().equals("RESOLVED"))
                .count();
        assertThat(resolved)
                .as("each is resolved once")
                .isEqualTo(told.stream().filter(one -> !one.fires).count());
        return told;
    }

    /** As rules over plain sums would: evaluated each second, on what had arrived. */
    private static List<Transition> expected(List<Incident.Request> requests) {
        List<Transition> expected = new ArrayList<>();
        boolean firing = false;
        for (long atMs = 0; atMs < Incident.LENGTH_MS + 2 * MINUTE_MS; atMs += 1_000) {
            boolean exceeded = false;
            boolean enough = false;
            for (BurnPair pair : PAGE.pairs()) {
                Sum shorter = sum(requests, atMs, pair.shortMs());
                boolean both = shorter.burn() > pair.factor()
                        && sum(requests, atMs, pair.longMs()).burn() > pair.factor();
                exceeded |= both;
                enough |= both && shorter.total >= SLO.minEvents() && shorter.bad >= SLO.minBad();
            }
            if (firing != (firing ? exceeded : enough)) {
                firing = !firing;
                expected.add(new Transition(firing, atMs));
            }
        }
        return expected;
    }

    private record Sum(long bad, long total) {
        double burn() {
            return total == 0 ? 0 : (double) bad / total / (1 - SLO.target());
        }
    }

    private static Sum sum(List<Incident.Request> requests, long atMs, long windowMs) {
        long bad = 0;
        long total = 0;
        for (Incident.Request request : requests) {
            if (request.arrivalMs() <= atMs && request.endMs() > atMs - windowMs) {
                total++;
                bad += request.bad() ? 1 : 0;
            }
        }
        return new Sum(bad, total);
    }

    /** A blip shorter than a step may be in one list only; every longer state is in both, at about the same time. */
    private static void assertTransitions(List<Transition> told, List<Transition> expected) {
        for (Transition one : lasting(expected)) {
            assertThat(lasting(told))
                    .as("seed %d: %s, expected %s, told %s", SEED, one, expected, told)
                    .anyMatch(other -> other.fires == one.fires && Math.abs(other.atMs - one.atMs) <= STEP_MS);
        }
        for (Transition one : lasting(told)) {
            assertThat(lasting(expected))
                    .as("seed %d: %s, expected %s, told %s", SEED, one, expected, told)
                    .anyMatch(other -> other.fires == one.fires && Math.abs(other.atMs - one.atMs) <= STEP_MS);
        }
    }

    /** Without states that did not last a step, as if they had not been. */
    private static List<Transition> lasting(List<Transition> transitions) {
        List<Transition> lasting = new ArrayList<>();
        for (Transition next : transitions) {
            int last = lasting.size() - 1;
            if (last >= 0 && next.atMs - lasting.get(last).atMs <= STEP_MS) {
                lasting.remove(last);
            } else {
                lasting.add(next);
            }
        }
        return lasting;
    }

    /** The latest record of the longest incident, long enough after its start that traces have closed. */
    private static Optional<JsonNode> firing(List<JsonNode> alerts) {
        return alerts.stream()
                .filter(alert -> alert.path("state").asText().equals("FIRING")
                        && alert.path("updatedAtMs").asLong()
                                > alert.path("startsAtMs").asLong() + STEP_MS)
                .reduce((earlier, later) -> later);
    }

    private static void assertEvidence(JsonNode alert) {
        JsonNode evidence = alert.path("evidence");
        assertThat(evidence.path("rootCauses").path(0).path("service").asText()).isEqualTo("payments");
        assertThat(evidence.path("traces")).hasSizeBetween(1, 5);
        assertThat(evidence.path("contributors")).isNotEmpty();
        assertThat(alert.path("annotations").path("summary").asText()).contains("payments");
    }
}
