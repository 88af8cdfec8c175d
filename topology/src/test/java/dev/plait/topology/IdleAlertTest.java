package dev.plait.topology;

import static dev.plait.topology.Incident.MINUTE_MS;
import static dev.plait.topology.Telemetry.EPOCH_MS;
import static dev.plait.topology.Telemetry.kong;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When nothing comes in any more, wall time goes on: alerts are written again, resolve, and silence is an alert itself. */
class IdleAlertTest {
    private static final SloDefinition SLO = new SloDefinition(
            "orders",
            "",
            "",
            "orders",
            0,
            new Indicator(
                    RequestSource.GATEWAY_LOG,
                    Optional.empty(),
                    Filter.ALL,
                    new Filter("status < 500", Long.MAX_VALUE),
                    false),
            List.of(),
            0.99,
            30,
            30 * 24 * 60 * MINUTE_MS,
            10,
            3,
            List.of(
                    new AlertRule(
                            "ErrorBudgetBurn",
                            Alert.Kind.BURN_RATE,
                            "page",
                            0,
                            List.of(new BurnPair(60 * MINUTE_MS, 5 * MINUTE_MS, 14.4)),
                            Optional.empty(),
                            0),
                    new AlertRule(
                            "NoRequests",
                            Alert.Kind.ABSENCE,
                            "ticket",
                            0,
                            List.of(),
                            Optional.empty(),
                            3 * MINUTE_MS)));

    @Test
    void idleInput_stillWritesAgainGoesAbsentAndResolves() {
        List<JsonNode> alerts;
        try (TopologyHarness plait = new TopologyHarness()) {
            plait.at(0).define(SLO);
            for (int i = 0; i < 40; i++) {
                plait.at(i * 500L).send("kong_logs", kong(String.format("%032x", i + 1), "", 503, i * 500L));
            }

            plait.silence(7 * MINUTE_MS);

            alerts = plait.written("plait-alerts");
        }

        List<JsonNode> pages = of(alerts, "page");
        assertThat(states(pages)).startsWith("FIRING").endsWith("RESOLVED").containsOnlyOnce("RESOLVED");
        assertThat(pages).as("again each minute for five minutes").hasSizeBetween(6, 12);
        for (int i = 1; i < pages.size(); i++) {
            assertThat(at(pages.get(i)) - at(pages.get(i - 1))).isLessThanOrEqualTo(MINUTE_MS);
        }
        assertThat(at(pages.get(pages.size() - 1)))
                .as("the last bad request left the short window")
                .isBetween(5 * MINUTE_MS + 20_000, 6 * MINUTE_MS + 10_000);
        List<JsonNode> absences = of(alerts, "ticket");
        assertThat(states(absences)).containsOnly("FIRING");
        assertThat(at(absences.get(0))).isBetween(3 * MINUTE_MS + 19_000, 4 * MINUTE_MS);
    }

    private static List<JsonNode> of(List<JsonNode> alerts, String severity) {
        return alerts.stream()
                .filter(alert -> alert.path("severity").asText().equals(severity))
                .toList();
    }

    private static List<String> states(List<JsonNode> alerts) {
        return alerts.stream().map(alert -> alert.path("state").asText()).toList();
    }

    private static long at(JsonNode alert) {
        return alert.path("updatedAtMs").asLong() - EPOCH_MS;
    }
}
