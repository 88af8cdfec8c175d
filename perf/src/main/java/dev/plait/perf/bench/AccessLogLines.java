package dev.plait.perf.bench;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Access logs of generated requests in the products' forms; the same seed gives the same lines. */
final class AccessLogLines {
    private static final HexFormat HEX = HexFormat.of();

    private AccessLogLines() {}

    static byte[][] of(int count, Function<SplittableRandom, String> form) {
        SplittableRandom random = new SplittableRandom(11);
        byte[][] lines = new byte[count][];
        for (int i = 0; i < count; i++) {
            lines[i] = form.apply(random).getBytes(StandardCharsets.UTF_8);
        }
        return lines;
    }

    /** As Kong's log plugins serialise a proxied request, with tracing on. */
    static String kong(SplittableRandom random) {
        int route = random.nextInt(200);
        int total = 5 + random.nextInt(400);
        String high = HEX.toHexDigits(random.nextLong());
        String low = HEX.toHexDigits(random.nextLong());
        String path = "/api/v1/resource" + route + "/" + random.nextInt(1_000_000);
        return """
                {"request":{"id":"%s%s","method":"GET","uri":"%s?page=2","url":"https://shop.example.com:8443%s?page=2",\
                "size":%d,"querystring":{"page":"2"},"tls":{"version":"TLSv1.3","cipher":"TLS_AES_256_GCM_SHA384",\
                "client_verify":"NONE"},"headers":{"host":"shop.example.com","user-agent":"okhttp/4.12.0",\
                "accept":"application/json","authorization":"REDACTED","x-forwarded-for":"10.0.0.%d",\
                "traceparent":"00-%s%s-%s-01"}},\
                "response":{"status":200,"size":%d,"headers":{"content-type":"application/json","server":"nginx",\
                "x-kong-upstream-latency":"%d","x-kong-proxy-latency":"3","via":"kong/3.9.0"}},\
                "latencies":{"kong":3,"proxy":%d,"request":%d,"receive":1},"upstream_uri":"%s?page=2",\
                "upstream_status":"200","tries":[{"ip":"10.1.0.%d","port":8080,"balancer_start":1767225600125,\
                "balancer_start_ns":1.767225600125e+18,"balancer_latency":0,"balancer_latency_ns":21760}],\
                "service":{"id":"2c2d8a7e-0b5f-4a3e-9b1e-5f0d1c2b3a40","name":"resource%d","host":"resource%d.shop",\
                "port":8080,"protocol":"http","retries":5,"connect_timeout":60000,"tags":["shop"],"enabled":true},\
                "route":{"id":"77a1c9d2-6e4b-4c8f-8d3a-0e9f8b7a6c51","name":"resource%d-v1","paths":["/api/v1/resource%d"],\
                "methods":["GET"],"strip_path":false,"preserve_host":false,"protocols":["http","https"],"tags":[]},\
                "consumer":{"id":"5a0f3e61-9b7c-4d2e-a1f8-7c6b5a493827","username":"mobile"},\
                "client_ip":"10.0.0.%d","started_at":%d,"source":"upstream","workspace_name":"default",\
                "trace_id":{"w3c":"%s%s","datadog":"%s"}}""".formatted(
                        HEX.toHexDigits(random.nextLong()),
                        HEX.toHexDigits(random.nextLong()),
                        path,
                        path,
                        200 + random.nextInt(900),
                        random.nextInt(256),
                        high,
                        low,
                        HEX.toHexDigits(random.nextLong()),
                        random.nextInt(100_000),
                        total - 4,
                        total - 4,
                        total,
                        path,
                        random.nextInt(256),
                        route,
                        route,
                        route,
                        route,
                        random.nextInt(256),
                        1_767_225_600_000L + random.nextInt(60_000),
                        high,
                        low,
                        Long.toUnsignedString(HexFormat.fromHexDigitsToLong(low)));
    }

    /** Kuma's default line: nine fields and nine quoted ones. */
    static String kuma(SplittableRandom random) {
        int route = random.nextInt(200);
        return String.format(
                Locale.ROOT,
                "[2026-01-01T00:%02d:%02d.%03dZ] default \"GET /api/v1/resource%d/%d HTTP/1.1\" 200 - 0 %d %d %d"
                        + " \"10.0.0.%d\" \"okhttp/4.12.0\" \"%s%s\" \"%s-0b3c-4d5e-8f70-%s\" \"resource%d.mesh\""
                        + " \"frontend\" \"resource%d\" \"10.42.0.%d\" \"10.42.1.%d:8080\"",
                random.nextInt(60),
                random.nextInt(60),
                random.nextInt(1000),
                route,
                random.nextInt(1_000_000),
                random.nextInt(100_000),
                5 + random.nextInt(400),
                4 + random.nextInt(400),
                random.nextInt(256),
                HEX.toHexDigits(random.nextLong()),
                HEX.toHexDigits(random.nextLong()),
                HEX.toHexDigits(random.nextInt()),
                HEX.toHexDigits(random.nextLong(), 12),
                route,
                route,
                random.nextInt(256),
                random.nextInt(256));
    }

    /** Envoy's {@code json_format} with the key names that Kong Mesh's documents suggest: all values are text. */
    static String envoyJson(SplittableRandom random) {
        int route = random.nextInt(200);
        return """
                {"start_time":"2026-01-01T00:%02d:%02d.%03dZ","kuma_mesh":"default","method":"GET",\
                "path":"/api/v1/resource%d/%d","protocol":"HTTP/1.1","response_code":"200","response_flags":"-",\
                "bytes_received":"0","bytes_sent":"%d","duration_ms":"%d","upstream_service_time":"%d",\
                "x_forwarded_for":"10.0.0.%d","user_agent":"okhttp/4.12.0","trace_id":"%s%s",\
                "request_id":"%s-0b3c-4d5e-8f70-%s","authority":"resource%d.mesh","kuma_source_service":"frontend",\
                "kuma_destination_service":"resource%d","kuma_source_address_without_port":"10.42.0.%d",\
                "upstream_host":"10.42.1.%d:8080"}""".formatted(
                        random.nextInt(60),
                        random.nextInt(60),
                        random.nextInt(1000),
                        route,
                        random.nextInt(1_000_000),
                        random.nextInt(100_000),
                        5 + random.nextInt(400),
                        4 + random.nextInt(400),
                        random.nextInt(256),
                        HEX.toHexDigits(random.nextLong()),
                        HEX.toHexDigits(random.nextLong()),
                        HEX.toHexDigits(random.nextInt()),
                        HEX.toHexDigits(random.nextLong(), 12),
                        route,
                        route,
                        random.nextInt(256),
                        random.nextInt(256));
    }
}
