package dev.plait.ingest.zipkin;

/** Spans as Kong's plugin and Envoy's tracer send them. */
public final class ZipkinSpans {
    public static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    /** A request of Kong: as its reporter writes it, with a number of microseconds that is not written as such. */
    public static final String KONG = """
            {"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","name":"GET","id":"00f067aa0ba902b7","kind":"SERVER",\
            "timestamp":1767225600000000,"duration":52000,"localEndpoint":{"serviceName":"kong"},\
            "remoteEndpoint":{"ipv4":"10.0.0.9","port":41234},\
            "tags":{"lc":"kong","http.method":"GET","http.host":"shop.example:8443","http.path":"/orders?id=7&token=t0p",\
            "http.protocol":"HTTP/1.1","http.status_code":"502","kong.node.id":"n1","kong.consumer":"c1"},\
            "annotations":[{"value":"krs","timestamp":1767225600000000},{"value":"krf","timestamp":1767225600001000}]}""";

    /** A failed try of Kong's balancer. */
    static final String KONG_TRY = """
            {"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","name":"GET (balancer try 1)","id":"00f067aa0ba902b8",\
            "parentId":"00f067aa0ba902b7","kind":"CLIENT","timestamp":1.767225600003e+15,"duration":40000,\
            "localEndpoint":{"serviceName":"kong"},"remoteEndpoint":{"serviceName":"orders","ipv4":"10.0.1.7","port":8080},\
            "tags":{"error":"true","kong.balancer.try":"1","kong.balancer.state":"next","http.status_code":"502",\
            "kong.service":"s1","kong.service_name":"orders","kong.route":"r1","kong.route_name":"orders-v1"}}""";

    /** The client half of a span that two Envoys share, with an ID of 64 bits. */
    static final String ENVOY_CLIENT = """
            {"traceId":"a3ce929d0e0e4736","id":"00f067aa0ba902c1","parentId":"00f067aa0ba902b8","kind":"CLIENT",\
            "name":"orders.mesh","timestamp":1767225600010000,"duration":30000,\
            "localEndpoint":{"serviceName":"gateway","ipv4":"10.0.1.1","port":0},\
            "tags":{"component":"proxy","http.method":"GET","http.url":"http://u:p@orders/orders?apikey=k1",\
            "http.status_code":"503","http.protocol":"HTTP/2","guid:x-request-id":"d9f4b8ee-1c3a-4f0d-8f6f-6f1c2a9f7b11",\
            "upstream_cluster":"orders","upstream_cluster.name":"orders","peer.address":"10.0.1.9:8080",\
            "response_flags":"UF,URX","request_size":"0","response_size":"91","user_agent":"curl/8.5",\
            "kuma.mesh":"default","kuma.zone":"eu"}}""";

    static final String ENVOY_SERVER = """
            {"traceId":"a3ce929d0e0e4736","id":"00f067aa0ba902c1","parentId":"00f067aa0ba902b8","kind":"SERVER",\
            "name":"orders.mesh","shared":true,"timestamp":1767225600012000,"duration":20000,\
            "localEndpoint":{"serviceName":"orders","ipv4":"10.0.1.9"},\
            "tags":{"component":"proxy","http.status_code":"200","grpc.status_code":"14","grpc.path":"/shop.Orders/Get",\
            "response_flags":"-"}}""";

    private ZipkinSpans() {}

    /** A good span whose other members are these, in single quotes. */
    public static String with(String members) {
        String more = members.isEmpty() ? "" : "," + members.replace('\'', '"');
        return "{\"traceId\":\"" + TRACE + "\",\"id\":\"00f067aa0ba902b7\"" + more + "}";
    }
}
