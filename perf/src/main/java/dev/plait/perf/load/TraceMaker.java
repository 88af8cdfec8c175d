package dev.plait.perf.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Makes the traces of a workload, each from the seed and its number alone. Numbers from {@link Workload#traces} on are legal
 * too: those traces are single roots, sent with a late timestamp to move the event clock past the others.
 */
public final class TraceMaker {
    private static final String[] SERVICES = {"orders", "payments", "inventory", "shipping"};
    private static final int INSTANCES = 2;
    private static final double SIGMA = 0.6;
    private static final double FAILING = 0.02;

    private final Workload workload;
    private final Zipf routes = new Zipf(SpanAttributes.ROUTES, 1.1);
    private final SpanAttributes attributes = new SpanAttributes();
    private final long origin;

    public TraceMaker(Workload workload) {
        this.workload = workload;
        this.origin = Scramble.of(workload.seed());
    }

    /** The number of the trace with these low 64 bits; negative or beyond the workload's traces when there is none. */
    public long numberOf(long low) {
        return Scramble.inverse(low) - origin;
    }

    public LoadTrace trace(int number) {
        SplittableRandom random = new SplittableRandom(workload.seed() * 31 + number);
        long low = Scramble.of(origin + number);
        long high = Scramble.of(low) | 1;
        int size = number < workload.traces() ? size(random) : 1;
        int route = routes.rank(random.nextDouble());
        boolean failing = random.nextDouble() < FAILING;
        List<LoadSpan> spans = new ArrayList<>(size);
        List<LoadSpan> servers = new ArrayList<>();
        spans.add(root(number, low, route, failing, random));
        servers.add(spans.get(0));
        while (spans.size() < size) {
            LoadSpan span = next(spans, servers, low, route, failing && spans.size() == size - 1, random);
            spans.add(span);
            if (span.kind() == LoadSpan.SERVER) {
                servers.add(span);
            }
        }
        return new LoadTrace(number, high, low, spans);
    }

    private int size(SplittableRandom random) {
        if (workload.meanSpans() == 1) {
            return 1;
        }
        double normal = random.nextGaussian();
        double drawn = workload.meanSpans() * Math.exp(SIGMA * normal - SIGMA * SIGMA / 2);
        return (int) Math.max(1, Math.min(10L * workload.meanSpans(), Math.round(drawn)));
    }

    private LoadSpan root(int number, long low, int route, boolean failing, SplittableRandom random) {
        long startMs = workload.arrivalMs((long) number * workload.meanSpans());
        long start = TimeUnit.MILLISECONDS.toNanos(startMs) + random.nextInt(1_000_000);
        long duration = 5_000_000L + random.nextInt(400_000_000);
        var values = attributes.gateway(route, failing ? 502 : 200, low, random);
        int instance = random.nextInt(INSTANCES);
        // Kong writes the status code as an attribute and never sets a span's status
        return new LoadSpan(
                Scramble.of(low + 1), 0, "kong", instance, "kong", LoadSpan.SERVER, start, duration, false, values);
    }

    /** Of every three spans one is a client of some earlier server, one the server it calls, one an inner step of that. */
    private LoadSpan next(
            List<LoadSpan> spans,
            List<LoadSpan> servers,
            long low,
            int route,
            boolean failed,
            SplittableRandom random) {
        int number = spans.size();
        LoadSpan last = spans.get(number - 1);
        long id = Scramble.of(low + 1 + number);
        if (number == 1) {
            var values = attributes.client(route, random);
            return child(id, last, "kong", last.instance(), "kong.balancer", LoadSpan.CLIENT, failed, values, random);
        }
        if (number % 3 == 2) {
            String service = SERVICES[random.nextInt(SERVICES.length)];
            int instance = random.nextInt(INSTANCES);
            String name = SpanAttributes.operation(route);
            var values = attributes.server(route, failed ? 500 : 200, random);
            return child(id, last, service, instance, name, LoadSpan.SERVER, failed, values, random);
        }
        if (number % 3 == 0) {
            var values = attributes.internal(route, random);
            return child(
                    id, last, last.service(), last.instance(), "validate", LoadSpan.INTERNAL, failed, values, random);
        }
        LoadSpan caller = servers.get(servers.size() == 1 ? 0 : 1 + random.nextInt(servers.size() - 1));
        var values = attributes.client(route, random);
        return child(id, caller, caller.service(), caller.instance(), "call", LoadSpan.CLIENT, failed, values, random);
    }

    private static LoadSpan child(
            long id,
            LoadSpan parent,
            String service,
            int instance,
            String name,
            int kind,
            boolean failed,
            Map<String, Object> attributes,
            SplittableRandom random) {
        long offset = (long) (parent.durationNanos() * 0.3 * random.nextDouble());
        long room = parent.durationNanos() - offset;
        long duration = Math.max(1, (long) (room * (0.2 + 0.7 * random.nextDouble())));
        return new LoadSpan(
                id,
                parent.spanId(),
                service,
                instance,
                name,
                kind,
                parent.startEpochNanos() + offset,
                duration,
                failed,
                attributes);
    }
}
