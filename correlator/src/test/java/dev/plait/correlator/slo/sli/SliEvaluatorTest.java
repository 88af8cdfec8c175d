package dev.plait.correlator.slo.sli;

import static dev.plait.correlator.slo.sli.Slos.END_NANOS;
import static dev.plait.correlator.slo.sli.Slos.filter;
import static dev.plait.correlator.slo.sli.Slos.request;
import static dev.plait.correlator.slo.sli.Slos.slo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SliEvaluatorTest {
    @Test
    void request_isGoodWhenGoodMatches() {
        SliEvaluator evaluator = new SliEvaluator(List.of(slo("route == \"orders\"", "status < 500")));

        assertThat(hits(evaluator, request("orders", 200))).containsExactly("0  good");
        assertThat(hits(evaluator, request("orders", 503))).containsExactly("0  bad");
        assertThat(hits(evaluator, request("carts", 200))).isEmpty();
        assertThat(evaluator.errors()).isZero();
    }

    @Test
    void bad_isBadWhenItMatches() {
        SliEvaluator evaluator =
                new SliEvaluator(List.of(slo(RequestSource.GATEWAY_LOG, Filter.ALL, filter("status >= 500"), true, 0)));

        assertThat(hits(evaluator, request("orders", 200))).containsExactly("0  good");
        assertThat(hits(evaluator, request("orders", 503))).containsExactly("0  bad");
    }

    @Test
    void duration_isComparedEachTime() {
        SliEvaluator evaluator = new SliEvaluator(List.of(
                slo(RequestSource.GATEWAY_LOG, Filter.ALL, new Filter("status < 500", 300), false, 0),
                slo(RequestSource.GATEWAY_LOG, new Filter("", 500), filter("status < 500"), false, 0)));

        assertThat(hits(evaluator, lasting(300))).containsExactly("0  good", "1  good");
        assertThat(hits(evaluator, lasting(301))).containsExactly("0  bad", "1  good");
        assertThat(hits(evaluator, lasting(501))).containsExactly("0  bad");
        assertThat(hits(evaluator, lasting(CountedRequest.UNKNOWN_DURATION))).containsExactly("0  bad");
        assertThat(evaluator.remembered()).isEqualTo(2);
    }

    @Test
    void definition_countsFromItsTime() {
        long effectiveAtMs = END_NANOS / 1_000_000;
        SliEvaluator evaluator = new SliEvaluator(List.of(
                slo(RequestSource.GATEWAY_LOG, Filter.ALL, Filter.ALL, false, effectiveAtMs),
                slo(RequestSource.GATEWAY_LOG, Filter.ALL, Filter.ALL, false, effectiveAtMs + 1),
                slo(RequestSource.GATEWAY_LOG, Filter.ALL, Filter.ALL, false, Long.MAX_VALUE)));

        assertThat(hits(evaluator, request("orders", 200))).containsExactly("0  good");
    }

    @Test
    void source_isNeverMixedWithAnother() {
        SliEvaluator evaluator =
                new SliEvaluator(List.of(slo(RequestSource.SPAN, Filter.ALL, Filter.ALL, false, 0), slo("", "")));

        assertThat(hits(evaluator, request("orders", 200))).containsExactly("1  good");
    }

    @Test
    void metric_isKnownByItsName() {
        SliEvaluator evaluator =
                new SliEvaluator(List.of(slo(RequestSource.METRIC, Filter.ALL, filter("status < 500"), false, 0)));
        List<String> hits = new ArrayList<>();

        evaluator.evaluate("requests", request("orders", 200), note(hits));
        evaluator.evaluate("other", request("orders", 200), note(hits));
        evaluator.evaluate(request("orders", 200), note(hits));

        assertThat(hits).containsExactly("0  good");
    }

    @Test
    void error_isFalseAndCountedEachTime() {
        SliEvaluator evaluator = new SliEvaluator(List.of(
                slo("attributes[\"tenant\"] == \"gold\"", "true"),
                slo("", "attributes[\"tenant\"] != \"gold\""),
                slo("false", "attributes[\"tenant\"] != \"gold\"")));

        for (int i = 1; i <= 3; i++) {
            assertThat(hits(evaluator, request("orders", 200))).containsExactly("1  bad");
            assertThat(evaluator.errors()).isEqualTo(2L * i);
        }
    }

    @Test
    void attribute_isFoundUnderItsOlderName_whereverAnExpressionReadsIt() {
        SliEvaluator evaluator = new SliEvaluator(List.of(
                slo("attributes[\"http.method\"] == \"POST\"", "attributes[\"http.status_code\"] < 500"),
                slo("\"http.method\" in attributes", "attributes[\"http.request.method\"] == \"POST\""),
                slo("", "", "http.method")));
        Map<String, Object> today = Map.of("http.request.method", "POST", "http.response.status_code", 200L);

        assertThat(hits(evaluator, request("orders", 200, "/", 1, Map.of(), today)))
                .containsExactlyInAnyOrder("0  good", "1  good", "2 http.method=POST good");
        assertThat(evaluator.errors()).isZero();
    }

    @Test
    void group_hasTheValuesOfFieldsTagsAndAttributes() {
        SliEvaluator evaluator = new SliEvaluator(List.of(
                slo("", "", "route", "region", "tenant"), slo("", "", "status", "shard"), slo("", "", "tenant")));
        Map<String, String> tags = Map.of("region", "eu,west=1\\");
        Map<String, Object> attributes = Map.of("region", "hidden by the tag", "tenant", "gold", "shard", 4.0);

        assertThat(hits(evaluator, request("orders", 200, "/", 1, tags, attributes)))
                .containsExactly(
                        "0 route=orders,region=eu\\,west\\=1\\\\,tenant=gold good",
                        "1 status=200,shard=4 good",
                        "2 tenant=gold good");
        assertThat(hits(evaluator, request("orders", 0)))
                .containsExactly("0 route=orders,region=,tenant= good", "1 status=,shard= good", "2 tenant= good");
    }

    @Test
    void groupValue_isCut() {
        SliEvaluator evaluator = new SliEvaluator(List.of(slo("", "", "path")));

        assertThat(hits(evaluator, request("orders", 200, "x".repeat(5000), 1, Map.of(), Map.of())))
                .containsExactly("0 path=" + "x".repeat(252) + "… good");
    }

    @Test
    void definition_thatDoesNotCompileIsLeftOut() {
        SloDefinition unfit = slo("true", "status =< 500");

        SliEvaluator evaluator = new SliEvaluator(List.of(unfit, slo("", "")));

        assertThat(hits(evaluator, request("orders", 200))).containsExactly("1  good");
        assertThat(evaluator.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.definition()).isSameAs(unfit);
            assertThat(problem.reason()).startsWith("good: line 1, column 8: ");
        });
    }

    private static CountedRequest lasting(long durationNanos) {
        return request("orders", 200, "/", durationNanos, Map.of(), Map.of());
    }

    private static List<String> hits(SliEvaluator evaluator, CountedRequest request) {
        List<String> hits = new ArrayList<>();
        evaluator.evaluate(request, note(hits));
        return hits;
    }

    private static SliEvaluator.Hits note(List<String> hits) {
        return (slo, definition, group, good) -> hits.add(slo + " " + group.text() + (good ? " good" : " bad"));
    }
}
