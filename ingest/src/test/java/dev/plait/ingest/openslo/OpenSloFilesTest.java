package dev.plait.ingest.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import dev.plait.schemas.model.SloDefinition.Measure;
import dev.plait.schemas.model.SloDefinition.Threshold;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenSloFilesTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    @Test
    void slo_isResolved() {
        Resolved resolved = resolve(SloFiles.ORDERS);

        assertThat(resolved.problems()).isEmpty();
        assertThat(resolved.definitions())
                .containsExactly(new SloDefinition(
                        "orders",
                        "Orders answer",
                        "Orders answer in time",
                        "shop",
                        0,
                        new Indicator(
                                RequestSource.GATEWAY_LOG,
                                Optional.empty(),
                                new Filter("route == \"orders\"", Long.MAX_VALUE),
                                new Filter("status < 500", 300_000_000),
                                false),
                        List.of("route", "region"),
                        0.999,
                        30,
                        30 * DAY,
                        20,
                        3,
                        List.of(
                                burn(
                                        "page",
                                        new BurnPair(HOUR, 5 * MINUTE, 14.4),
                                        new BurnPair(6 * HOUR, 30 * MINUTE, 6)),
                                burn("ticket", new BurnPair(DAY, 2 * HOUR, 3), new BurnPair(3 * DAY, 6 * HOUR, 1)))));
        assertThat(resolved.expressions())
                .containsExactly(
                        new Resolved.Expression(
                                "orders",
                                "route == \"orders\"",
                                "slo.yaml",
                                27,
                                "spec.indicator.spec.ratioMetric.total.metricSource.spec.where"),
                        new Resolved.Expression(
                                "orders",
                                "status < 500",
                                "slo.yaml",
                                33,
                                "spec.indicator.spec.ratioMetric.good.metricSource.spec.where"));
    }

    @Test
    void references_areResolvedAcrossFiles() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("slo.yaml", SloFiles.REFERRING);
        files.put("parts.yaml", SloFiles.PARTS);

        Resolved resolved = OpenSloFiles.resolve(files, 1);

        assertThat(resolved.problems()).isEmpty();
        SloDefinition slo = resolved.definitions().get(0);
        assertThat(slo.indicator())
                .isEqualTo(new Indicator(
                        RequestSource.METRIC,
                        Optional.of("http.server.request.duration"),
                        Filter.ALL,
                        new Filter("", 499_999_999),
                        false));
        assertThat(slo.target()).isEqualTo(0.9995);
        assertThat(slo.windowDays()).isEqualTo(28);
        assertThat(slo.alerts())
                .containsExactly(
                        new AlertRule(
                                "fast-burn",
                                Alert.Kind.BURN_RATE,
                                "page",
                                2 * MINUTE,
                                List.of(new BurnPair(HOUR, 5 * MINUTE, 14.4)),
                                Optional.empty(),
                                0),
                        new AlertRule(
                                "fast-burn-no-data",
                                Alert.Kind.ABSENCE,
                                "page",
                                2 * MINUTE,
                                List.of(),
                                Optional.empty(),
                                HOUR),
                        threshold("many-errors", new Threshold(Measure.ERROR_RATIO, true, true, 0.05, 10 * MINUTE)),
                        threshold("few-requests", new Threshold(Measure.REQUEST_RATE, false, false, 0.5, 15 * MINUTE)),
                        new AlertRule(
                                "silent", Alert.Kind.ABSENCE, "page", 0, List.of(), Optional.empty(), 5 * MINUTE));
    }

    @ParameterizedTest
    @CsvSource({
        "1h, 1, 3600000, 1",
        "12h, 1, 43200000, 2",
        "1d, 1, 86400000, 3",
        "4w, 28, 2419200000, 4",
        "720h, 30, 2592000000, 4"
    })
    void period_decidesDaysAndPairs(String duration, int days, long periodMs, int pairs) {
        SloDefinition slo = resolve(SloFiles.ORDERS.replace("duration: 30d", "duration: " + duration))
                .definitions()
                .get(0);

        assertThat(slo.windowDays()).isEqualTo(days);
        assertThat(slo.periodMs()).isEqualTo(periodMs);
        assertThat(slo.alerts().stream().mapToInt(rule -> rule.pairs().size()).sum())
                .isEqualTo(pairs);
    }

    @Test
    void timeScale_dividesWindowsAndKeepsFactors() {
        SloDefinition slo = OpenSloFiles.resolve(Map.of("slo.yaml", SloFiles.ORDERS), 60)
                .definitions()
                .get(0);

        assertThat(slo.periodMs()).isEqualTo(12 * HOUR);
        assertThat(slo.windowDays()).isEqualTo(30);
        assertThat(slo.alerts().get(0).pairs())
                .containsExactly(new BurnPair(MINUTE, 10_000, 14.4), new BurnPair(6 * MINUTE, 30_000, 6));
    }

    @Test
    void bad_isTheOtherWayRound() {
        SloDefinition slo = resolve(SloFiles.ORDERS.replace("good:", "bad:").replace("status <", "status >="))
                .definitions()
                .get(0);

        assertThat(slo.indicator().matchIsBad()).isTrue();
        assertThat(slo.indicator().match().where()).isEqualTo("status >= 500");
    }

    @Test
    void anchors_areFollowed() {
        String yaml = SloFiles.ORDERS
                .replace(
                        "            type: plait\n            spec:\n              source: gateway-log\n              where: status < 500\n              max-duration: 300ms\n",
                        "            *source\n")
                .replace(
                        "        total:\n          metricSource:\n",
                        "        total:\n          metricSource: &source\n")
                .replace(
                        "        good:\n          metricSource:\n            *source",
                        "        good:\n          metricSource: *source");

        Resolved resolved = resolve(yaml);

        assertThat(resolved.problems()).isEmpty();
        assertThat(resolved.definitions().get(0).indicator().match().where()).isEqualTo("route == \"orders\"");
    }

    private static Resolved resolve(String yaml) {
        return OpenSloFiles.resolve(Map.of("slo.yaml", yaml), 1);
    }

    private static AlertRule burn(String severity, BurnPair... pairs) {
        return new AlertRule("ErrorBudgetBurn", Alert.Kind.BURN_RATE, severity, 0, List.of(pairs), Optional.empty(), 0);
    }

    private static AlertRule threshold(String name, Threshold threshold) {
        return new AlertRule(name, Alert.Kind.THRESHOLD, "ticket", 0, List.of(), Optional.of(threshold), 0);
    }
}
