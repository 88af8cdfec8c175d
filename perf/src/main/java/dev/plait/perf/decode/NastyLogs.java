package dev.plait.perf.decode;

import dev.plait.schemas.wire.ProtoWriter;
import java.util.Map;
import java.util.function.Consumer;

/** Of {@link Nasty}: logs of programs, and messages of Envoy's gRPC access log. */
final class NastyLogs {
    private static final String LINE =
            "2026-01-01 00:00:00.310  WARN [orders,4bf92f3577b34da6a3ce929d0e0e4736,00f067aa0ba902b7] a.B : no stock\n";

    private NastyLogs() {}

    static void programs(Map<String, byte[]> all) {
        all.put("log: small objects", Nasty.repeated("", "{\"msg\":\"m\"}\n", ""));
        all.put("log: broken objects", Nasty.repeated("", "{\"msg\":\"m\"}\n{\"msg\":\n", ""));
        all.put("log: a list of objects", Nasty.list("{\"msg\":\"m\"},"));
        all.put(
                "log: logs in messages",
                Nasty.repeated("", "{\"log\":\"{\\\"msg\\\":\\\"m\\\",\\\"level\\\":3}\"}\n", ""));
        all.put("log: broken JSON in messages", Nasty.repeated("", "{\"log\":\"{\\\"\"}\n", ""));
        all.put("log: lists of contexts", Nasty.repeated("", "{\"mdc\":[{\"trace\":\"1\"}]}\n", ""));
        all.put("log: fields", Nasty.counted("{\"msg\":\"m\",", i -> "\"f" + i + "\":" + i + ",", "\"z\":0}"));
        all.put("log: nested fields", Nasty.counted("{\"msg\":\"m\",", i -> "\"f" + i + "\":{\"a\":[1]},", "\"z\":0}"));
        all.put(
                "log: names of one hash",
                Nasty.counted("{\"msg\":\"m\",", i -> "\"" + colliding(i) + "\":1,", "\"z\":0}"));
        all.put("log: templates", Nasty.repeated("", "{\"@mt\":\"{a}{b}{c}\",\"a\":1}\n", ""));
        all.put("log: secrets", Nasty.repeated("{\"msg\":\"", "password=a ", "\"}"));
        all.put("log: lines", Nasty.repeated("", LINE, ""));
        all.put("log: other lines", Nasty.repeated("", "one two [three] : four\n", ""));
        all.put("log: short lines", Nasty.repeated("", "a\n", ""));
        all.put("log: a stack trace", Nasty.repeated(LINE, "\tat a.b.C.d(C.java:7)\n", ""));
        all.put("log: long lines", Nasty.repeated("", "2026-01-01 00 WARN [" + "a,".repeat(20_000) + "\n", ""));
        all.put("log: one string", Nasty.repeated("\"", "a line\\n", "\""));
    }

    /** OTLP logs that name no trace, and might do so in words of their own. */
    static void collectors(Map<String, byte[]> all) {
        all.put("otlp: small logs", logs(log -> nest(log, 5, body -> body.text(1, "m"))));
        all.put("otlp: traces in bodies", logs(log -> nest(log, 5, body -> body.text(1, "{\"trace_id\":\"1\"}"))));
        all.put("otlp: broken JSON in bodies", logs(log -> nest(log, 5, body -> body.text(1, "{race"))));
        all.put(
                "otlp: traces in attributes",
                logs(log -> nest(log, 6, attribute -> {
                    attribute.text(1, "traceId");
                    nest(attribute, 2, value -> value.text(1, "x"));
                })));
    }

    private static byte[] logs(Consumer<ProtoWriter> content) {
        ProtoWriter log = new ProtoWriter();
        nest(log, 2, content);
        byte[] records = Nasty.repeated(log.toByteArray());
        ProtoWriter out = new ProtoWriter();
        nest(out, 1, resource -> nest(resource, 2, scope -> scope.raw(records)));
        return out.toByteArray();
    }

    static void envoy(Map<String, byte[]> all) {
        ProtoWriter entry = new ProtoWriter();
        nest(entry, 1, log -> {
            nest(log, 1, common -> nest(common, 5, time -> time.varint(1, 1_767_225_600L)));
            nest(log, 3, request -> request.text(5, "/a?b"));
        });
        all.put("envoy grpc: entries", message(entry.toByteArray()));
        all.put("envoy grpc: entries of nothing", message(new byte[] {0x0a, 0}));
        all.put("envoy grpc: lists of nothing", Nasty.repeated(new byte[] {0x12, 0}));
        ProtoWriter header = new ProtoWriter();
        nest(header, 13, pair -> {
            pair.text(1, "traceparent");
            pair.text(2, "x");
        });
        byte[] headers = Nasty.repeated(header.toByteArray());
        ProtoWriter one = new ProtoWriter();
        nest(one, 2, list -> nest(list, 1, log -> nest(log, 3, request -> request.raw(headers))));
        all.put("envoy grpc: headers", one.toByteArray());
        ProtoWriter many = new ProtoWriter();
        byte[] flags = Nasty.repeated(new byte[] {0x08, 1});
        nest(many, 2, list -> nest(list, 1, log -> nest(log, 1, common -> nest(common, 16, f -> f.raw(flags)))));
        all.put("envoy grpc: flags", many.toByteArray());
    }

    /** Names of the same {@link String#hashCode} for the numbers below 2^15. */
    static String colliding(int number) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 15; bit++) {
            name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    private static byte[] message(byte[] entry) {
        byte[] entries = Nasty.repeated(entry);
        ProtoWriter out = new ProtoWriter();
        out.bytes(2, entries, 0, entries.length);
        return out.toByteArray();
    }

    static void nest(ProtoWriter out, int field, Consumer<ProtoWriter> content) {
        int at = out.begin(field);
        content.accept(out);
        out.end(at);
    }
}
