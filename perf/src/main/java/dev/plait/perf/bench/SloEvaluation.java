package dev.plait.perf.bench;

import dev.plait.correlator.slo.sli.SliEvaluator;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A gateway's request against 50 SLOs of five shapes, ten each: availability of a route, latency of a service, per-region
 * groups, a tenant (an attribute), a path prefix. About two of them count a request. Figures are for one request.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SloEvaluation {
    private static final int PATHS = 1000;
    private static final int EACH_SHAPE = 10;
    private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT"};
    private static final int[] STATUSES = {200, 200, 200, 201, 204, 304, 404, 500, 503};

    /**
     * A thousand requests stay in the processor's cache, as one does that was just decoded; with 16 times as many the figure is
     * mostly that of reading them from memory.
     */
    @Param({"1024", "16384"})
    private int count;

    private SliEvaluator evaluator;
    private CountedRequest[] requests;
    private int next;

    @Setup
    public void generate() {
        List<SloDefinition> definitions = new ArrayList<>();
        for (int i = 0; i < EACH_SHAPE; i++) {
            definitions.add(slo("route == \"route-" + i + "\"", "status < 500", Long.MAX_VALUE));
            definitions.add(slo("service == \"service-" + i + "\" && method != \"OPTIONS\"", "!error", 300_000_000));
            definitions.add(slo("service == \"service-" + i + "\"", "status < 500", Long.MAX_VALUE, "region", "route"));
            definitions.add(slo("attributes[\"tenant\"] == \"tenant-" + i + "\"", "status < 500", Long.MAX_VALUE));
            definitions.add(slo("route == \"route-" + i + "\"", "path.startsWith(\"/v1\") || !error", Long.MAX_VALUE));
        }
        evaluator = new SliEvaluator(definitions);
        Random random = new Random(42);
        requests = new CountedRequest[count];
        for (int i = 0; i < count; i++) {
            requests[i] = request(random);
        }
    }

    @Benchmark
    public void request(Blackhole hole) {
        evaluator.evaluate(
                requests[next++ & count - 1], (slo, definition, group, good) -> hole.consume(good ? slo : -slo));
    }

    /** New texts each time, as decoders make them. */
    private CountedRequest request(Random random) {
        int status = STATUSES[random.nextInt(STATUSES.length)];
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            attributes.put("http.attribute." + i, (long) random.nextInt(1000));
        }
        attributes.put("tenant", "tenant-" + random.nextInt(100));
        return new CountedRequest(
                RequestSource.GATEWAY_LOG,
                "service-" + random.nextInt(2 * EACH_SHAPE),
                "route-" + random.nextInt(2 * EACH_SHAPE),
                METHODS[random.nextInt(METHODS.length)],
                "/v" + random.nextInt(3) + "/items/" + random.nextInt(PATHS),
                status,
                status >= 500,
                "server",
                "consumer-" + random.nextInt(1000),
                Map.of("region", "region-" + random.nextInt(3), "env", "prod", "gateway", "edge"),
                attributes,
                1_767_225_600_000_000_000L,
                random.nextInt(1_000_000_000),
                0,
                0);
    }

    private static SloDefinition slo(String total, String good, long maxDurationNanos, String... groupBy) {
        return new SloDefinition(
                "slo",
                "",
                "",
                "",
                0,
                new Indicator(
                        RequestSource.GATEWAY_LOG,
                        Optional.empty(),
                        new Filter(total, Long.MAX_VALUE),
                        new Filter(good, maxDurationNanos),
                        false),
                List.of(groupBy),
                0.999,
                30,
                30 * 86_400_000L,
                10,
                3,
                List.of());
    }
}
