package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.JoinedBy;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedExemplar;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.model.SpanEvent;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.SpanLink;
import dev.plait.schemas.model.SpanStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Seeded pieces that make no sense: few IDs, so that parents miss, circle and collide; times unknown, negative, reversed and
 * at the end of the range; attributes under old and new names with texts of every kind.
 */
final class Garbage {
    private static final long[] TIMES = {
        0, 1, -1, 1_000, 1_050, 1_100, 5_000, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };
    private static final String[] NAMES = {
        "http.status_code", "http.response.status_code", "envoy.response_flags", "response_flags", "try_count",
                "retry.count",
        "http.request.resend_count", "error.type", "url.full", "http.target", "kong.latency.total", "envoy.duration",
        "kong.response.source", "rpc.grpc.status_code", "peer.service", "component", "kuma.destination.service"
    };
    private static final Object[] VALUES = {
        "",
        "-",
        "UF,URX",
        "DC",
        "kong",
        "proxy",
        "http://x",
        "?",
        "/a?b",
        200L,
        503L,
        499L,
        -1L,
        1e308,
        Double.NaN,
        true,
        "503",
        "2",
        "\u0001\"\\é€😀",
        Long.MAX_VALUE,
        "x".repeat(300)
    };
    private static final String[] SERVICES = {"", "a", "b", "kong"};

    private final Random random;
    private final List<Origin> origins = new ArrayList<>();

    Garbage(long seed) {
        random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            Map<String, Object> resource = new LinkedHashMap<>();
            String service = pick(SERVICES);
            if (!service.isEmpty()) {
                resource.put("service.name", service);
            }
            resource.put("cloud.region", "r" + random.nextInt(2));
            origins.add(new Origin(
                    resource,
                    random.nextBoolean() ? "kong-internal" : "",
                    pick(Source.values()),
                    Map.of("zone", "z" + random.nextInt(2), "n", "" + i)));
        }
    }

    List<ReceivedSpan> spans(int atMost) {
        List<ReceivedSpan> spans = new ArrayList<>();
        int count = random.nextInt(atMost + 1);
        for (int i = 0; i < count; i++) {
            boolean error = random.nextInt(3) == 0;
            spans.add(new ReceivedSpan(
                    1 + random.nextInt(1 + atMost),
                    random.nextInt(2 + atMost),
                    random.nextInt(4) == 0 ? "kong.balancer" : "op" + random.nextInt(3),
                    pick(SpanKind.values()),
                    time(),
                    time(),
                    pick(SpanStatus.values()),
                    random.nextBoolean() ? "" : "broke \u0007",
                    error,
                    attributes(),
                    List.of(new SpanEvent("exception", time(), attributes())),
                    random.nextBoolean()
                            ? List.of()
                            : List.of(new SpanLink("0".repeat(32), "0".repeat(16), attributes())),
                    origins.get(random.nextInt(origins.size()))));
        }
        return spans;
    }

    List<ReceivedLog> logs(int atMost) {
        List<ReceivedLog> logs = new ArrayList<>();
        int count = random.nextInt(atMost + 1);
        for (int i = 0; i < count; i++) {
            logs.add(new ReceivedLog(
                    time(),
                    random.nextInt(4),
                    random.nextBoolean() ? "" : "WARN",
                    random.nextInt(24),
                    random.nextBoolean() ? "" : "body ".repeat(random.nextInt(200)),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    pick(JoinedBy.values()),
                    attributes(),
                    origins.get(random.nextInt(origins.size()))));
        }
        return logs;
    }

    List<ReceivedExemplar> exemplars(int atMost) {
        List<ReceivedExemplar> exemplars = new ArrayList<>();
        int count = random.nextInt(atMost + 1);
        for (int i = 0; i < count; i++) {
            exemplars.add(new ReceivedExemplar(
                    "m" + i, "s", random.nextDouble(), time(), random.nextInt(3), attributes(), origins.get(0)));
        }
        return exemplars;
    }

    private Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            attributes.put(pick(NAMES), pick(VALUES));
        }
        return attributes;
    }

    private long time() {
        return random.nextInt(3) == 0 ? TIMES[random.nextInt(TIMES.length)] : 1_000 + random.nextInt(200);
    }

    private <T> T pick(T[] some) {
        return some[random.nextInt(some.length)];
    }
}
