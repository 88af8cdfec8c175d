package dev.plait.ingest.kong;

/** Kong logs to test with, written from the serializer's documented fields. */
public final class KongLogs {
    public static final String W3C = "4bf92f3577b34da6a3ce929d0e0e4736";
    static final String REQUEST_ID = "9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f";

    /** A proxied request that failed twice, with everything a log can have. */
    public static final String FULL = """
            {"request":{"id":"9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f","method":"GET","uri":"/orders?id=7&apikey=s3cr3t-a",
             "url":"http://gw.example:8000/orders?id=7&apikey=s3cr3t-a","size":211,"querystring":{"id":"7","apikey":"s3cr3t-a"},
             "tls":{"version":"TLSv1.3","cipher":"X","client_verify":"NONE"},
             "headers":{"host":"gw.example:8000","user-agent":"curl/8.5","x-forwarded-for":["10.0.0.1","10.0.0.2"],
              "x-request-id":"client-77","content-type":"application/json","authorization":"Bearer s3cr3t-b",
              "cookie":"sid=s3cr3t-c","x-api-key":"s3cr3t-d","apikey":"s3cr3t-e","proxy-authorization":"s3cr3t-f",
              "traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}},
             "response":{"status":502,"size":312,"headers":{"content-type":"application/json","set-cookie":["a=s3cr3t-g","b=s3cr3t-h"]}},
             "latencies":{"kong":3,"proxy":41.5,"request":46,"receive":0},
             "upstream_uri":"/v1/orders?id=7&token=s3cr3t-i","upstream_status":"502, 502","started_at":1767225600123,"client_ip":"10.0.0.9",
             "tries":[{"ip":"10.1.0.4","port":8080,"balancer_start":1767225600125,"balancer_start_ns":1.767225600125e+18,
              "balancer_latency":0,"state":"failed","code":502},{"ip":"10.1.0.5","port":8080}],
             "service":{"id":"2c01","name":"orders","host":"orders.svc","tags":{}},
             "route":{"id":"77aa","name":"orders-v1","paths":["/orders"]},"consumer":{"id":"c-1","username":"shop"},
             "authenticated_entity":{"id":"s3cr3t-j"},"workspace":"w-1","workspace_name":"default","source":"upstream",
             "correlation_id":"corr#1","ai":{"proxy":{"usage":{"total_tokens":5}}},
             "trace_id":{"w3c":"4bf92f3577b34da6a3ce929d0e0e4736","datadog":"11803532876627986230"}}
            """;

    static final String STREAM = """
            {"session":{"received":120,"sent":4096,"status":200,"server_port":9000,"tls":{"version":"TLSv1.3"}},
             "upstream":{"received":4096,"sent":120},"latencies":{"kong":1,"session":220},"tries":{},
             "route":{"id":"r-9"},"service":{"id":"s-9","name":"postgres"},"client_ip":"10.0.0.9","started_at":1767225600123}
            """;

    private KongLogs() {}

    /** A small log with the members given besides a request, a response and a time. */
    public static String with(String members) {
        return "{\"request\":{\"method\":\"GET\",\"uri\":\"/a\"},\"response\":{\"status\":200},\"started_at\":1767225600123"
                + (members.isEmpty() ? "" : "," + members) + "}";
    }

    static String withTraceId(String object) {
        return with("\"trace_id\":" + object);
    }

    static String withHeaders(String members) {
        return "{\"request\":{\"headers\":{" + members + "}},\"response\":{\"status\":200}}";
    }
}
