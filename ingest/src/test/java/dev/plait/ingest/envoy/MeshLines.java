package dev.plait.ingest.envoy;

/** Access-log lines to test with, written from Kuma's and Envoy's documented formats. */
public final class MeshLines {
    public static final String B3 = "463ac35c9f6413ad48485a3953bb6124";
    static final String REQUEST_ID = "0b3c5f10-27aa-4d4e-9c11-5a0c6f1d2e3b";

    /** Kuma's HTTP line as its code writes it: nine quoted columns. */
    public static final String KUMA =
            "[2026-01-01T00:00:00.310Z] default \"GET /api/v1/users?page=2&token=s3cr3t HTTP/1.1\" 503 UF,URX 5 91 12"
                    + " 7 \"10.0.0.1, 10.0.0.2\" \"curl/8.5\" \"" + B3 + "\" \"" + REQUEST_ID
                    + "\" \"users.mesh:80\" \"frontend\" \"backend\" \"10.42.0.7\" \"10.42.1.9:8080\"";

    /** As the documentation prints it: without the trace ID. */
    static final String KUMA_8 = KUMA.replace(" \"" + B3 + "\"", "");

    public static final String ENVOY =
            "[2026-01-01T00:00:00.310Z] \"POST /orders HTTP/2\" 200 - 120 4096 33 31 \"-\" \"okhttp/4.12\" \""
                    + REQUEST_ID + "\" \"orders.example\" \"10.42.1.9:8080\"";

    /** Istio's line for the same request as {@link #ENVOY}. */
    static final String ISTIO =
            "[2026-01-01T00:00:00.310Z] \"POST /orders HTTP/2\" 200 - via_upstream - \"-\" 120 4096 33 31 \"-\""
                    + " \"okhttp/4.12\" \"" + REQUEST_ID + "\" \"orders.example\" \"10.42.1.9:8080\""
                    + " outbound|8080||orders.shop.svc.cluster.local 10.42.0.7:40112 10.96.0.12:8080 10.42.0.7:40110 - v1";

    public static final String TCP =
            "[2026-01-01T00:00:00.310Z] - default 10.42.0.7(frontend)->10.42.1.9:5432(postgres)"
                    + " took 220ms, sent 4096 bytes, received: 120 bytes";

    public static final String JSON = """
            {"start_time":"2026-01-01T00:00:00.310Z","kuma_mesh":"default","method":"GET","path":"/api/v1/users?page=2",\
            "protocol":"HTTP/1.1","response_code":"503","response_flags":"UF,URX","bytes_received":"5","bytes_sent":"91",\
            "duration_ms":"12","upstream_service_time":"-","x_forwarded_for":"-","user_agent":"\\"curl/8.5\\"",\
            "request_id":"\\"0b3c5f10-27aa-4d4e-9c11-5a0c6f1d2e3b\\"","authority":"users.mesh","kuma_source_service":"frontend",\
            "kuma_destination_service":"backend","kuma_source_address_without_port":"10.42.0.7","upstream_host":"10.42.1.9:8080"}""";

    private MeshLines() {}

    /** Envoy's default line with one of its columns replaced. */
    static String envoy(String old, String other) {
        if (!ENVOY.contains(old)) {
            throw new IllegalArgumentException("not in the line: " + old);
        }
        return ENVOY.replace(old, other);
    }

    public static String kuma(String old, String other) {
        if (!KUMA.contains(old)) {
            throw new IllegalArgumentException("not in the line: " + old);
        }
        return KUMA.replace(old, other);
    }
}
