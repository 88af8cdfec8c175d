package dev.plait.correlator.slo.sli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.slo.sli.Predicate.Answer;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.Filter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is remembered changes nothing: random SLOs over random requests, against evaluating each expression each time. */
class SliEvaluatorProperties {
    private static final String[] WHERES = {
        "",
        "true",
        "status < 500",
        "status in [200, 201, 404]",
        "error",
        "!error && method == \"GET\"",
        "service == \"orders\"",
        "route.startsWith(\"r1\")",
        "path.matches(\"^/p[0-4]\")",
        "kind == \"server\" || consumer == \"c1\"",
        "consumer != \"c2\"",
        "tags[\"region\"] == \"eu\"",
        "tags.region == \"us\" || status == 200",
        "\"region\" in tags",
        "attributes[\"tenant\"] == \"t1\"",
        "attributes.size > 2",
        "has(attributes.tenant) && attributes.tenant == \"t2\"",
        "attributes[\"size\"] == 3 || service == \"orders\"",
        "attributes[\"flag\"] == true",
        "size(attributes) > 1",
        "attributes.exists(key, key.startsWith(\"t\"))",
        "attributes[route] == 1",
        "[\"/p1\", \"/p2\"].exists(p, path.startsWith(p))",
        "int(attributes[\"size\"]) / (status - 200) > 1",
        "tags == {\"region\": \"eu\"}"
    };
    private static final Map<String, Predicate> PREDICATES = new HashMap<>();
    private static final String[] GROUPS = {
        "service", "route", "method", "status", "consumer", "path", "region", "tenant", "size"
    };

    @Property(tries = 100)
    void evaluator_saysWhatEvaluatingEachTimeSays(@ForAll long seed) {
        Random random = new Random(seed);
        List<SloDefinition> definitions = new ArrayList<>();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            definitions.add(definition(random));
        }
        SliEvaluator evaluator = new SliEvaluator(definitions);
        assertThat(evaluator.problems()).isEmpty();
        long errors = 0;

        for (int i = 0; i < 100; i++) {
            CountedRequest request = request(random, random.nextInt(1, 8));
            List<String> expected = new ArrayList<>();
            errors += evaluate(definitions, request, expected);
            List<String> hits = new ArrayList<>();
            evaluator.evaluate(
                    request,
                    (slo, definition, group, good) -> hits.add(slo + " " + new TreeMap<>(group.values()) + good));
            assertThat(hits).as("seed %d, %s", seed, request).containsExactlyInAnyOrderElementsOf(expected);
        }

        assertThat(evaluator.errors()).isEqualTo(errors);
    }

    @Property(tries = 3)
    void memory_isBoundedWhateverVaries(@ForAll long seed) {
        Random random = new Random(seed);
        List<SloDefinition> definitions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            definitions.add(definition(random));
        }
        SliEvaluator evaluator = new SliEvaluator(definitions);

        for (int i = 0; i < 30_000; i++) {
            CountedRequest request = request(random, 1_000_000);
            List<String> hits = new ArrayList<>();
            evaluator.evaluate(
                    request,
                    (slo, definition, group, good) -> hits.add(slo + " " + new TreeMap<>(group.values()) + good));
            if (i % 10 == 0) {
                List<String> expected = new ArrayList<>();
                evaluate(definitions, request, expected);
                assertThat(hits).as("seed %d, %s", seed, request).containsExactlyInAnyOrderElementsOf(expected);
            }
            assertThat(evaluator.remembered()).isLessThanOrEqualTo(SliEvaluator.MAX_REMEMBERED);
        }
    }

    private static long evaluate(List<SloDefinition> definitions, CountedRequest request, List<String> hits) {
        long errors = 0;
        for (int i = 0; i < definitions.size(); i++) {
            SloDefinition slo = definitions.get(i);
            if (slo.indicator().source() != request.source()) {
                continue;
            }
            Answer total = test(slo.indicator().total(), request);
            errors += total == Answer.ERROR ? 1 : 0;
            if (total != Answer.TRUE) {
                continue;
            }
            Answer match = test(slo.indicator().match(), request);
            errors += match == Answer.ERROR ? 1 : 0;
            if (request.endEpochNanos() / 1_000_000 < slo.effectiveAtMs()
                    || request.durationNanos() > slo.indicator().total().maxDurationNanos()) {
                continue;
            }
            boolean matches = match == Answer.TRUE
                    && request.durationNanos() <= slo.indicator().match().maxDurationNanos();
            Map<String, String> group = new TreeMap<>();
            slo.groupBy().forEach(name -> group.put(name, value(name, request)));
            hits.add(i + " " + group + (matches != slo.indicator().matchIsBad()));
        }
        return errors;
    }

    private static Answer test(Filter filter, CountedRequest request) {
        return PREDICATES
                .computeIfAbsent(filter.where(), where -> ((Expression.Compiled) Expression.of(where)).predicate())
                .test(request);
    }

    private static String value(String name, CountedRequest request) {
        return switch (name) {
            case "service" -> request.service();
            case "route" -> request.route();
            case "method" -> request.method();
            case "status" -> request.status() == 0 ? "" : request.status() + "";
            case "consumer" -> request.consumer();
            case "path" -> request.path();
            default ->
                request.tags()
                        .getOrDefault(name, request.attributes().getOrDefault(name, "") + "")
                        .replaceFirst("\\.0$", "");
        };
    }

    private static SloDefinition definition(Random random) {
        List<String> groups = new ArrayList<>(List.of(GROUPS));
        Collections.shuffle(groups, random);
        return Slos.slo(
                random.nextInt(5) == 0 ? RequestSource.SPAN : RequestSource.GATEWAY_LOG,
                filter(random),
                filter(random),
                random.nextBoolean(),
                random.nextInt(3) == 0 ? 50 : 0,
                groups.subList(0, Math.max(0, random.nextInt(6) - 2)).toArray(new String[0]));
    }

    private static Filter filter(Random random) {
        return new Filter(one(random, WHERES), random.nextInt(3) == 0 ? random.nextInt(1, 100) : Long.MAX_VALUE);
    }

    private static CountedRequest request(Random random, int varying) {
        Map<String, String> tags = new HashMap<>();
        if (random.nextInt(3) > 0) {
            tags.put("region", one(random, "eu", "us"));
        }
        if (random.nextInt(3) == 0) {
            tags.put("tenant", "of-tag");
        }
        Map<String, Object> attributes = new HashMap<>();
        if (random.nextInt(4) > 0) {
            attributes.put("tenant", "t" + random.nextInt(varying));
        }
        if (random.nextInt(4) > 0) {
            Object[] sizes = {3L, 3.0, "3", 7L, true, (double) random.nextInt(varying)};
            attributes.put("size", sizes[random.nextInt(sizes.length)]);
        }
        if (random.nextInt(4) == 0) {
            attributes.put("flag", random.nextBoolean());
        }
        int status = new int[] {0, 200, 201, 404, 500, 503}[random.nextInt(6)];
        return new CountedRequest(
                random.nextInt(5) == 0 ? RequestSource.SPAN : RequestSource.GATEWAY_LOG,
                one(random, "orders", "carts", ""),
                "r" + random.nextInt(varying),
                one(random, "GET", "POST"),
                "/p" + random.nextInt(varying),
                status,
                random.nextInt(10) == 0 || status >= 500,
                one(random, "server", "consumer"),
                "c" + random.nextInt(varying),
                tags,
                attributes,
                random.nextInt(100) * 1_000_000L,
                random.nextInt(100),
                0,
                0);
    }

    private static String one(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
