package dev.plait.perf.load;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Twelve attributes for each kind of span. About a third of their bytes are different in every span (ids, addresses, sizes),
 * so that compression is not flattered more than live traffic flatters it.
 */
final class SpanAttributes {
    static final int ROUTES = 200;

    private static final HexFormat HEX = HexFormat.of();
    private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT", "DELETE"};
    private static final String[] AGENTS = {
        "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/142.0", "okhttp/4.12.0", "python-requests/2.32.5"
    };

    static String operation(int route) {
        return METHODS[route % METHODS.length] + " " + template(route);
    }

    private static String template(int route) {
        return "/api/v" + (1 + route % 3) + "/resource" + route + "/{id}";
    }

    private static String path(int route, SplittableRandom random) {
        return "/api/v" + (1 + route % 3) + "/resource" + route + "/" + random.nextInt(1_000_000);
    }

    private static String address(SplittableRandom random) {
        return "10." + random.nextInt(4) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }

    /** Kong's own names, as its OpenTelemetry plugin writes them. */
    Map<String, Object> gateway(int route, int status, long low, SplittableRandom random) {
        String path = path(route, random);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("http.method", METHODS[route % METHODS.length]);
        values.put("http.url", "https://shop.example.com" + path);
        values.put("http.host", "shop.example.com");
        values.put("http.scheme", "https");
        values.put("http.flavor", "1.1");
        values.put("http.client_ip", address(random));
        values.put("net.peer.ip", address(random));
        values.put("kong.request.id", HEX.toHexDigits(Scramble.of(~low)) + HEX.toHexDigits(random.nextLong()));
        values.put("http.status_code", (long) status);
        values.put("http.route", template(route));
        values.put("http.user_agent", AGENTS[random.nextInt(AGENTS.length)]);
        values.put("http.response_content_length", (long) random.nextInt(100_000));
        return values;
    }

    Map<String, Object> server(int route, int status, SplittableRandom random) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("http.request.method", METHODS[route % METHODS.length]);
        values.put("url.path", path(route, random));
        values.put("url.scheme", "http");
        values.put("http.route", template(route));
        values.put("http.response.status_code", (long) status);
        values.put("server.address", "resource" + route + ".shop.svc.cluster.local");
        values.put("server.port", 8080L);
        values.put("client.address", address(random));
        values.put("network.protocol.version", "1.1");
        values.put("user_agent.original", AGENTS[random.nextInt(AGENTS.length)]);
        values.put("thread.id", (long) random.nextInt(200));
        values.put("http.response.body.size", (long) random.nextInt(100_000));
        return values;
    }

    Map<String, Object> client(int route, SplittableRandom random) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("http.request.method", METHODS[route % METHODS.length]);
        values.put("url.full", "http://resource" + route + ".shop.svc.cluster.local:8080" + path(route, random));
        values.put("server.address", "resource" + route + ".shop.svc.cluster.local");
        values.put("server.port", 8080L);
        values.put("http.response.status_code", 200L);
        values.put("network.peer.address", address(random));
        values.put("network.peer.port", 8080L);
        values.put("network.protocol.name", "http");
        values.put("network.protocol.version", "1.1");
        values.put("http.request.resend_count", 0L);
        values.put("thread.id", (long) random.nextInt(200));
        values.put("http.request.body.size", (long) random.nextInt(10_000));
        return values;
    }

    Map<String, Object> internal(int route, SplittableRandom random) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("code.namespace", "com.example.shop.resource" + route + ".Handler");
        values.put("code.function", "validate");
        values.put("code.filepath", "Handler.java");
        values.put("code.lineno", (long) random.nextInt(400));
        values.put("thread.id", (long) random.nextInt(200));
        values.put("thread.name", "http-nio-8080-exec-" + random.nextInt(200));
        values.put("customer.tier", random.nextInt(3) == 0 ? "gold" : "standard");
        values.put("order.items", (long) random.nextInt(20));
        values.put("order.id", HEX.toHexDigits(random.nextLong(), 12));
        values.put("cache.hit", random.nextBoolean() ? "yes" : "no");
        values.put("feature.flag.key", "new-checkout");
        values.put("feature.flag.variant", "on");
        return values;
    }
}
