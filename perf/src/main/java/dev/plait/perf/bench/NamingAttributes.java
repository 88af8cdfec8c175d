package dev.plait.perf.bench;

import dev.plait.schemas.model.AttributeNames;
import dev.plait.schemas.model.SpanKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs that a span's twelve attributes get their present names and types: one with those of today, and a root of Kong's
 * OpenTelemetry plugin, of which most are renamed. Each figure is beside that of the map alone, which is filled either way.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NamingAttributes {
    private static final Map<String, Object> TODAY = today();
    private static final Map<String, Object> KONG = kong();

    private final AttributeNames names = new AttributeNames();

    @Benchmark
    public Map<String, Object> todayBefore() {
        return new LinkedHashMap<>(TODAY);
    }

    @Benchmark
    public Map<String, Object> todayNamed() {
        return named(TODAY);
    }

    @Benchmark
    public Map<String, Object> kongBefore() {
        return new LinkedHashMap<>(KONG);
    }

    @Benchmark
    public Map<String, Object> kongNamed() {
        return named(KONG);
    }

    private Map<String, Object> named(Map<String, Object> attributes) {
        Map<String, Object> copy = new LinkedHashMap<>(attributes);
        names.ofSpan(copy, SpanKind.SERVER);
        return copy;
    }

    private static Map<String, Object> today() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("http.request.method", "GET");
        values.put("url.path", "/api/v1/orders/7");
        values.put("url.scheme", "http");
        values.put("http.route", "/api/v1/orders/{id}");
        values.put("http.response.status_code", 200L);
        values.put("server.address", "orders.shop.svc.cluster.local");
        values.put("server.port", 8080L);
        values.put("client.address", "10.0.0.9");
        values.put("network.protocol.version", "1.1");
        values.put("user_agent.original", "okhttp/4.12.0");
        values.put("thread.id", 12L);
        values.put("order.total", 19.99);
        return values;
    }

    private static Map<String, Object> kong() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("http.method", "GET");
        values.put("http.url", "https://shop.example.com/api/v1/orders/7");
        values.put("http.host", "shop.example.com");
        values.put("http.scheme", "https");
        values.put("http.flavor", "1.1");
        values.put("http.client_ip", "10.0.0.9");
        values.put("net.peer.ip", "10.0.0.9");
        values.put("kong.request.id", "9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f");
        values.put("http.status_code", 200L);
        values.put("http.route", "/api/v1/orders");
        values.put("http.user_agent", "okhttp/4.12.0");
        values.put("http.response_content_length", 312.0);
        return values;
    }
}
