package dev.plait.ingest.jaeger;

import dev.plait.schemas.wire.ProtoWriter;

/** One call of a database as the collector's Kafka exporter writes it, in protobuf and in JSON. */
public final class JaegerSpans {
    /** As jsonpb writes it: what is a default (type STRING, reference CHILD_OF) is left out. */
    public static final String JSON = """
            {"traceId":"S/kvNXezTaajzpKdDg5HNg==","spanId":"APBnqgupArg=","operationName":"SELECT orders",\
            "references":[{"traceId":"S/kvNXezTaajzpKdDg5HNg==","spanId":"APBnqgupArc="},\
            {"traceId":"AAAAAAAAAAAAAAAAAAAAEQ==","spanId":"AAAAAAAAAAM=","refType":"FOLLOWS_FROM"}],\
            "flags":1,"startTime":"2026-01-01T00:00:00.000010Z","duration":"0.052s",\
            "tags":[{"key":"span.kind","vStr":"client"},{"key":"error","vType":"BOOL","vBool":true},\
            {"key":"otel.status_description","vStr":"no route"},\
            {"key":"http.status_code","vType":"INT64","vInt64":"503"},\
            {"key":"db.system","vStr":"postgresql"},{"key":"ratio","vType":"FLOAT64","vFloat64":0.5},\
            {"key":"raw","vType":"BINARY","vBinary":"AQID"},{"key":"otel.scope.name","vStr":"jdbc"},\
            {"key":"otel.scope.version","vStr":"1.0"},{"key":"w3c.tracestate","vStr":"a=b"}],\
            "logs":[{"timestamp":"2026-01-01T00:00:00.020Z","fields":[{"key":"event","vStr":"error"},\
            {"key":"error.kind","vStr":"SQLException"},{"key":"message","vStr":"gone"}]},\
            {"timestamp":"2026-01-01T00:00:00.030Z","fields":[{"key":"event","vStr":"retry"},\
            {"key":"count","vType":"INT64","vInt64":"2"}]}],\
            "process":{"serviceName":"orders","tags":[{"key":"hostname","vStr":"h1"},\
            {"key":"service.version","vStr":"1.2"}]}}""";

    private static final long SECOND = 1_767_225_600L;

    private JaegerSpans() {}

    /** The same span. */
    public static byte[] proto() {
        ProtoWriter out = new ProtoWriter();
        out.id(1, 0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L);
        out.id(2, 0x00f067aa0ba902b8L);
        out.text(3, "SELECT orders");
        int parent = out.begin(4);
        out.id(1, 0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L);
        out.id(2, 0x00f067aa0ba902b7L);
        out.end(parent);
        int follows = out.begin(4);
        out.id(1, 0, 0x11);
        out.id(2, 3);
        out.varint(3, 1);
        out.end(follows);
        out.varint(5, 1);
        time(out, 6, SECOND, 10_000);
        time(out, 7, 0, 52_000_000);
        text(out, 8, "span.kind", "client");
        int error = tag(out, 8, "error", 1);
        out.varint(4, 1);
        out.end(error);
        text(out, 8, "otel.status_description", "no route");
        int status = tag(out, 8, "http.status_code", 2);
        out.varint(5, 503);
        out.end(status);
        text(out, 8, "db.system", "postgresql");
        int ratio = tag(out, 8, "ratio", 3);
        out.doubleValue(6, 0.5);
        out.end(ratio);
        int raw = tag(out, 8, "raw", 4);
        out.bytes(7, new byte[] {1, 2, 3}, 0, 3);
        out.end(raw);
        text(out, 8, "otel.scope.name", "jdbc");
        text(out, 8, "otel.scope.version", "1.0");
        text(out, 8, "w3c.tracestate", "a=b");
        int failed = out.begin(9);
        time(out, 1, SECOND, 20_000_000);
        text(out, 2, "event", "error");
        text(out, 2, "error.kind", "SQLException");
        text(out, 2, "message", "gone");
        out.end(failed);
        int retried = out.begin(9);
        time(out, 1, SECOND, 30_000_000);
        text(out, 2, "event", "retry");
        int count = tag(out, 2, "count", 2);
        out.varint(5, 2);
        out.end(count);
        out.end(retried);
        int process = out.begin(10);
        out.text(1, "orders");
        text(out, 2, "hostname", "h1");
        text(out, 2, "service.version", "1.2");
        out.end(process);
        return out.toByteArray();
    }

    /** A good span whose other members are these, in single quotes. */
    static String with(String members) {
        String more = members.isEmpty() ? "" : "," + members.replace('\'', '"');
        return "{\"traceId\":\"S/kvNXezTaajzpKdDg5HNg==\",\"spanId\":\"APBnqgupArg=\"" + more + "}";
    }

    private static void time(ProtoWriter out, int field, long seconds, int nanos) {
        int start = out.begin(field);
        out.varint(1, seconds);
        out.varint(2, nanos);
        out.end(start);
    }

    private static void text(ProtoWriter out, int field, String key, String value) {
        int start = out.begin(field);
        out.text(1, key);
        out.text(3, value);
        out.end(start);
    }

    private static int tag(ProtoWriter out, int field, String key, int type) {
        int start = out.begin(field);
        out.text(1, key);
        out.varint(2, type);
        return start;
    }
}
