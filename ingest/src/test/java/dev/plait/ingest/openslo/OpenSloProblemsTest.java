package dev.plait.ingest.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a file that is wrong: file, line, key, what was found and what would be right. */
class OpenSloProblemsTest {
    private static final String SPEC = "spec.indicator.spec.ratioMetric";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "openslo/v1             | openslo/v2              | 2: apiVersion: openslo/v2; expected openslo/v1",
                "kind: SLO              | kind: SLOO              | 3: kind: SLOO; expected SLO, SLI, AlertPolicy, AlertCondition, AlertNotificationTarget, Service or DataSource",
                "name: orders\\n         | name: or/ders\\n         | 5: metadata.name: or/ders; expected at most 253 letters, digits, dashes, dots and underscores, a letter or digit at both ends",
                "name: orders\\n         | nam: orders\\n           | 4: metadata.name: missing; expected at most 253 letters, digits, dashes, dots and underscores, a letter or digit at both ends",
                "plait.dev/group-by     | plait.dev/groupby       | 9: metadata.annotations.plait.dev/groupby: unknown annotation; known are plait.dev/group-by, plait.dev/min-events, plait.dev/min-bad",
                "route, region          | route,, region          | 9: metadata.annotations.plait.dev/group-by: route,, region; expected at most 10 different names of request fields, tags or attributes with commas between, such as route,region",
                "route, region          | route,route             | 9: metadata.annotations.plait.dev/group-by: route,route; expected at most 10 different names of request fields, tags or attributes with commas between, such as route,region",
                "\"20\"                 | many                    | 10: metadata.annotations.plait.dev/min-events: many; expected a whole number from 0 to 1000000000",
                "\"20\"                 | -1                      | 10: metadata.annotations.plait.dev/min-events: -1; expected a whole number from 0 to 1000000000",
                "service: shop          | services: shop          | 12: spec.service: missing; expected the name of the service that makes the promise",
                "duration: 30d          | duration: 1M            | 15: spec.timeWindow[0].duration: 1M; expected a duration such as 30d, 4w or 720h, from 1h to 366d",
                "duration: 30d          | duration: 367d          | 15: spec.timeWindow[0].duration: 367d; expected a duration such as 30d, 4w or 720h, from 1h to 366d",
                "duration: 30d          | duration: 59m           | 15: spec.timeWindow[0].duration: 59m; expected a duration such as 30d, 4w or 720h, from 1h to 366d",
                "isRolling: true        | isRolling: false        | 15: spec.timeWindow[0].isRolling: false; calendar windows come in a later version, expected true",
                "isRolling: true        | isRolling: \"true\"     | 15: spec.timeWindow[0].isRolling: true; expected true or false",
                "isRolling: true        | calendar: { timeZone: UTC } | 15: spec.timeWindow[0].calendar: calendar windows come in a later version",
                "true }]                | true }, { duration: 7d }] | 15: spec.timeWindow: 2 windows come in a later version; expected one",
                "Occurrences            | Timeslices              | 16: spec.budgetingMethod: Timeslices comes in a later version; expected Occurrences",
                "Occurrences            | Guesses                 | 16: spec.budgetingMethod: Guesses; expected Occurrences",
                "counter: true          | counter: false          | 21: %S.counter: false; expected true: requests are counted",
                "counter: true          | rawType: failure        | 21: %S.rawType: a ratio that was made elsewhere cannot be counted; expected total and good or bad",
                "good:                  | goo:                    | 20: %S: neither is given; expected good or bad",
                "total:                 | bad:                    | 20: %S: both are given; expected good or bad",
                "type: plait            | type: prometheus        | 24: %S.total.metricSource.type: prometheus; expected plait",
                "source: gateway-log    | source: gateway         | 26: %S.total.metricSource.spec.source: gateway; expected gateway-log, mesh-log, span or metric",
                "where: status          | metric: x\\n              where: status | 33: %S.good.metricSource.spec.metric: is only for source: metric",
                "where: route           | were: route             | 27: %S.total.metricSource.spec.were: unknown key; known are source, metric, where, max-duration",
                "300ms                  | 300                     | 34: %S.good.metricSource.spec.max-duration: 300; expected a duration such as 300ms or 2s",
                "300ms                  | 0s                      | 34: %S.good.metricSource.spec.max-duration: 0s; expected a duration such as 300ms or 2s",
                "target: 0.999          | target: 1               | 37: spec.objectives[0].target: 1; expected a number above 0 and below 1, such as 0.999",
                "target: 0.999          | target: .nan            | 37: spec.objectives[0].target: .nan; expected a number above 0 and below 1, such as 0.999",
                "target: 0.999          | target: \"0.999\"       | 37: spec.objectives[0].target: 0.999; expected a number above 0 and below 1, such as 0.999",
                "target: 0.999          | target: [0.9]           | 37: spec.objectives[0].target: a list; expected a number above 0 and below 1, such as 0.999",
                "target: 0.999          | targetPercent: 100      | 37: spec.objectives[0].targetPercent: 100; expected a number above 0 and below 100, such as 99.9",
                "target: 0.999          | targetPercent: 0.0      | 37: spec.objectives[0].targetPercent: 0.0; expected a number above 0 and below 100, such as 99.9",
                "target: 0.999          | op: lte                 | 36: spec.objectives[0]: neither is given; expected target or targetPercent",
                "three nines            | three nines\\n      targetPercent: 99 | 36: spec.objectives[0]: both are given; expected target or targetPercent",
                "three nines            | three nines\\n      value: 3 | 37: spec.objectives[0].value: is only for a thresholdMetric",
                "three nines            | three nines\\n      timeSliceTarget: 0.9 | 37: spec.objectives[0].timeSliceTarget: time slices come in a later version",
                "three nines            | three nines\\n      compositeWeight: 1 | 37: spec.objectives[0].compositeWeight: composites come in a later version",
                "- displayName          | - target: 0.9\\n    - displayName | 35: spec.objectives: 2 objectives come in a later version; expected one",
                "objectives:            | alertPolicies: [nobody]\\n  objectives: | 35: spec.alertPolicies[0].alertPolicyRef: nobody; no AlertPolicy of that name in any file",
                "objectives:            | alertPolicies: []\\n  objectives: | 35: spec.alertPolicies: a list; expected a list of alert policies, or no such key for the burn-rate alerts",
                "indicator:             | indicatorRef: x\\n  indicator: | 12: spec: both are given; expected indicator or indicatorRef",
            })
    void wrongFile_isRefusedWithLineAndKey(String was, String is, String problem) {
        String found = was.replace("\\n", "\n");
        assertThat(SloFiles.ORDERS).contains(found);

        Resolved resolved = resolve(replaceFirst(SloFiles.ORDERS, found, is.replace("\\n", "\n")));

        assertThat(resolved.problems().stream().map(Problem::toString))
                .contains("slo.yaml:" + problem.replace("%S", SPEC));
        assertThat(resolved.definitions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "conditionRef: errors   | conditionRef: error     | 47: spec.conditions[0].conditionRef: error; no AlertCondition of that name in any file, there is burning, errors",
                "kind: burnrate         | kind: burn              | 42: spec.condition.kind: burn; expected burnrate, error-rate, request-rate or absence",
                "op: gt,                | op: lte,                | 42: spec.condition.op: lte; expected gt or gte: below the threshold all is well",
                "threshold: 14.4        | threshold: 0            | 42: spec.condition.threshold: 0; expected a burn rate above 0, such as 14.4",
                "threshold: 0.05        | threshold: 5            | 52: spec.condition.threshold: 5; expected a share of requests from 0 to 1, such as 0.05",
                "lookbackWindow: 1h     | lookbackWindow: 9s      | 42: spec.condition.lookbackWindow: 9s; expected a duration such as 5m or 6h, from 10s to 366d",
                "alertAfter: 2m         | alertAfter: soon        | 42: spec.condition.alertAfter: soon; expected a duration such as 0m or 5m, at most 366d",
                "short-window: 5m       | short-window: 2h        | 39: metadata.annotations.plait.dev/short-window: 2h; expected at most lookbackWindow",
                "op: gt,                | op: gte,                | 39: metadata.annotations.plait.dev/short-window: is only for kind: burnrate with op: gt",
                "kind: absence,         | kind: absence, op: gt,  | 61: spec.conditions[0].spec.condition.op: an absence is compared with nothing",
                "severity: page\\n       | sverity: page\\n         | 40: spec.severity: missing; expected page, ticket or another word of at most 253 characters",
                "type: plait,           | type: Prometheus,       | 17: spec.thresholdMetric.metricSource.metricSourceRef: is of type Prometheus; expected a DataSource of type plait",
                "metric: http.server.request.duration | max-duration: 1s | 18: spec.thresholdMetric.metricSource.spec.metric: missing; expected the name of a sum or a histogram",
                "metric: http.server.request.duration | metric: http_seconds_bucket | 18: spec.thresholdMetric.metricSource.spec.metric: http_seconds_bucket; expected a histogram, or its _count: a bucket's requests are in all above it, too",
                "name: errors }         | name: burning }         | 51: metadata: there is another AlertCondition 'burning' in parts.yaml:39",
                "alertWhenNoData: true\\n  conditions: [ | conditions: [{ conditionRef: burning }, | 28: spec.conditions: 2 conditions; expected one",
            })
    void wrongPart_isRefusedOnceAndSoIsTheSlo(String was, String is, String problem) {
        String found = was.replace("\\n", "\n");
        assertThat(SloFiles.PARTS).contains(found);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("parts.yaml", replaceFirst(SloFiles.PARTS, found, is.replace("\\n", "\n")));
        files.put("slo.yaml", SloFiles.REFERRING);

        Resolved resolved = OpenSloFiles.resolve(files, 1);

        assertThat(resolved.problems().stream().map(Problem::toString)).containsOnlyOnce("parts.yaml:" + problem);
        assertThat(resolved.definitions()).isEmpty();
    }

    @Test
    void policy_mustLookBackWithinTheTimeWindow() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("parts.yaml", SloFiles.PARTS.replace("lookbackWindow: 1h", "lookbackWindow: 29d"));
        files.put("slo.yaml", SloFiles.REFERRING);

        assertThat(OpenSloFiles.resolve(files, 1).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "slo.yaml:13: spec.alertPolicies[0]: fast-burn looks back over more than the time window of 28d");
    }

    @Test
    void allProblems_areFoundAtOnce() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "a.yaml",
                SloFiles.ORDERS.replace("0.999", "2").replace("30d", "x").replace("counter", "count"));
        files.put(
                "b.yaml", "kind: SLO\n---\napiVersion: openslo/v1\nkind: Service\nmetadata: {name: a}\nspec: {x: 1}\n");

        assertThat(OpenSloFiles.resolve(files, 1).problems())
                .extracting(problem -> problem.file() + ":" + problem.line() + " " + problem.key())
                .containsExactly(
                        "a.yaml:15 spec.timeWindow[0].duration",
                        "a.yaml:21 " + SPEC + ".count",
                        "a.yaml:37 spec.objectives[0].target",
                        "b.yaml:1 apiVersion",
                        "b.yaml:1 metadata",
                        "b.yaml:1 spec",
                        "b.yaml:6 spec.x");
    }

    @Test
    void twoRulesThatCannotBeToldApart_areRefused() {
        String twice = SloFiles.REFERRING.replace("- silent", "- silent\n    - silent");
        Map<String, String> files = new LinkedHashMap<>();
        files.put("slo.yaml", twice);
        files.put("parts.yaml", SloFiles.PARTS);

        assertThat(OpenSloFiles.resolve(files, 1).problems())
                .extracting(Problem::toString)
                .containsExactly("slo.yaml:1: alerts: silent, page; expected each name and severity once");
    }

    @Test
    void sources_mustBeTheSame() {
        String mixed = SloFiles.ORDERS.replaceFirst("(?s)(good:.*)gateway-log", "$1span");

        assertThat(resolve(mixed).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "slo.yaml:28: " + SPEC
                                + ".good: span; expected the source of total, gateway-log: both are counted over the same requests");
    }

    private static Resolved resolve(String yaml) {
        return OpenSloFiles.resolve(Map.of("slo.yaml", yaml), 1);
    }

    private static String replaceFirst(String text, String was, String is) {
        int at = text.indexOf(was);
        return text.substring(0, at) + is + text.substring(at + was.length());
    }
}
