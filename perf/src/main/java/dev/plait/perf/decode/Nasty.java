package dev.plait.perf.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plait.schemas.wire.ProtoWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Records of one mebibyte that make decoders work: what is deep, many, long, escaped or huge, of each format and of none. */
final class Nasty {
    static final int BYTES = 1 << 20;

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private Nasty() {}

    static Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        anything(all);
        json(all);
        lines(all);
        protobuf(all);
        NastyLogs.programs(all);
        NastyLogs.collectors(all);
        NastyLogs.envoy(all);
        return all;
    }

    private static void anything(Map<String, byte[]> all) {
        all.put("zeros", new byte[BYTES]);
        all.put("0xff", filled((byte) 0xff));
        all.put("line feeds", filled((byte) '\n'));
        all.put("blanks", filled((byte) ' '));
        all.put("quotes", filled((byte) '"'));
        byte[] random = new byte[BYTES];
        new SplittableRandom(1).nextBytes(random);
        all.put("random bytes", random);
        all.put("random bytes in snappy", Seeds.snappy(random));
        all.put("zeros in snappy", Seeds.snappy(new byte[BYTES]));
    }

    private static void json(Map<String, byte[]> all) {
        all.put("deep arrays", repeated("", "[", ""));
        all.put("deep objects", repeated("", "{\"a\":", ""));
        all.put("a list of {}", list("{},"));
        all.put("a list of lists", list("[],"));
        all.put("a list of numbers", list("1,"));
        all.put("a long string", repeated("{\"request\":\"", "a", "\"}"));
        all.put("escapes", repeated("{\"a\":\"", "\\u00e4", "\"}"));
        all.put("huge numbers", list("123456789012345678901234567890.12345e-123,"));
        all.put("many names", counted("{", i -> "\"n" + i + "\":" + i + ",", "\"z\":0}"));
        all.put("names of one hash", counted("{", i -> "\"" + NastyLogs.colliding(i) + "\":1,", "\"z\":0}"));
        all.put("kong: small logs", list("{\"request\":{},\"started_at\":1},"));
        all.put(
                "kong: headers",
                counted("{\"request\":{\"headers\":{", i -> "\"x-" + i + "\":\"v\",", "\"z\":\"\"}}}"));
        all.put("kong: secrets", repeated("{\"request\":{\"uri\":\"/?", "token=a&", "\"}}"));
        String zipkin = "{\"traceId\":\"" + TRACE + "\",\"id\":\"00f067aa0ba902b7\"";
        all.put("zipkin: small spans", list(zipkin + "},"));
        all.put(
                "zipkin: spans",
                list(
                        zipkin + ",\"kind\":\"SERVER\",\"name\":\"get\",\"timestamp\":1767225600000000,\"duration\":5,"
                                + "\"localEndpoint\":{\"serviceName\":\"a\"},\"tags\":{\"http.method\":\"GET\",\"http.path\":\"/a?b\"}},"));
        all.put("zipkin: tags", counted("[" + zipkin + ",\"tags\":{", i -> "\"t" + i + "\":\"v\",", "\"z\":\"\"}}]"));
        all.put(
                "zipkin: annotations",
                repeated("[" + zipkin + ",\"annotations\":[", "{\"timestamp\":1,\"value\":\"a\"},", "{}]}]"));
        all.put(
                "zipkin: resources",
                counted("[", i -> zipkin + ",\"localEndpoint\":{\"serviceName\":\"s" + i + "\"}},", zipkin + "}]"));
        all.put(
                "jaeger: tags",
                repeated(
                        "{\"traceId\":\"AAAAAAAAAAAAAAAAAAAAAQ==\",\"spanId\":\"AAAAAAAAAAE=\",\"tags\":[",
                        "{\"key\":\"a\",\"vStr\":\"b\"},",
                        "{\"key\":\"a\"}]}"));
        String span = "{\"traceId\":\"" + TRACE
                + "\",\"spanId\":\"00f067aa0ba902b7\",\"startTimeUnixNano\":\"1\",\"attributes\":[{\"key\":\"a\",\"value\":{\"intValue\":\"1\"}}]},";
        all.put("otlp json: spans", repeated("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[", span, "{}]}]}]}"));
        all.put(
                "otlp json: empty spans",
                repeated("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[", "{},", "{}]}]}]}"));
        all.put(
                "otlp json: logs",
                repeated(
                        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[",
                        "{\"body\":{\"stringValue\":\"password=a\"}},",
                        "{}]}]}]}"));
        all.put("otlp json: documents", repeated("", "{\"resourceSpans\":[]}\n", ""));
    }

    private static void lines(Map<String, byte[]> all) {
        all.put("lines of x", repeated("", "x\n", ""));
        all.put("lines of {}", repeated("", "{}\n", ""));
        all.put(
                "a line of quotes",
                repeated("[2026-01-01T00:00:00Z] default \"GET / HTTP/1.1\" 200 - 0 0 0 0 ", "\"a\" ", ""));
        all.put(
                "envoy: lines",
                repeated(
                        "",
                        "[2026-01-01T00:00:00.310Z] \"GET /a?b=1 HTTP/1.1\" 200 - 0 91 12 11 \"-\" \"curl\" \"id\" \"h\" \"10.0.0.1:80\"\n",
                        ""));
        all.put("envoy: short lines", repeated("", "[2026-01-01T00:00:00Z] \"\n", ""));
        all.put(
                "envoy: json lines",
                repeated(
                        "",
                        "{\"start_time\":\"2026-01-01T00:00:00Z\",\"method\":\"GET\",\"response_code\":\"200\",\"duration\":1}\n",
                        ""));
        String good =
                "[2026-01-01T00:00:00.310Z] \"GET / HTTP/1.1\" 200 - 0 91 12 11 \"-\" \"-\" \"-\" \"h\" \"10.0.0.1:80\"\n";
        all.put("envoy: broken json lines", repeated(good, "{\"a\n", ""));
        all.put("envoy: broken json in messages", repeated(good, "{\"log\":\"{\"}\n", ""));
        all.put(
                "kong: deep items",
                repeated("[{\"response\":{\"status\":200}}", ",{\"a\":" + "[".repeat(65) + "]".repeat(65) + "}", "]"));
        all.put(
                "kong: broken json in messages",
                repeated("{\"response\":{\"status\":200}}\n", "{\"log\":\"{\"}\n", ""));
        all.put(
                "envoy: long paths",
                repeated(
                        "[2026-01-01T00:00:00Z] \"GET /",
                        "?token=a&",
                        " HTTP/1.1\" 200 - 0 0 0 0 \"-\" \"-\" \"-\" \"-\" \"-\"\n"));
    }

    private static void protobuf(Map<String, byte[]> all) {
        all.put("fields of no bytes", alternating((byte) 0x0a, (byte) 0));
        all.put("groups", filled((byte) 0x0b));
        all.put("padded varints", alternating((byte) 0x08, (byte) 0x80));
        ProtoWriter attribute = new ProtoWriter();
        int entry = attribute.begin(9);
        attribute.text(1, "key");
        int value = attribute.begin(2);
        attribute.text(1, "v");
        attribute.end(value);
        attribute.end(entry);
        ProtoWriter id = new ProtoWriter();
        id.id(1, 1, 2);
        id.id(2, 7);
        all.put("otlp: small spans", request(id.toByteArray(), new byte[0]));
        all.put("otlp: attributes", request(new byte[0], attribute.toByteArray()));
        byte[] nested = new byte[0];
        for (int depth = 0; depth < 10_000; depth++) {
            ProtoWriter list = new ProtoWriter();
            list.bytes(depth % 2 == 0 ? 1 : 5, nested, 0, nested.length);
            nested = list.toByteArray();
        }
        ProtoWriter deep = new ProtoWriter();
        deep.bytes(2, nested, 0, nested.length);
        byte[] pair = deep.toByteArray();
        deep.clear();
        deep.bytes(9, pair, 0, pair.length);
        all.put("otlp: deep value", request(id.toByteArray(), deep.toByteArray()));
        ProtoWriter tag = new ProtoWriter();
        int series = tag.begin(1);
        int label = tag.begin(1);
        tag.text(1, "__name__");
        tag.text(2, "a");
        tag.end(label);
        int sample = tag.begin(2);
        tag.doubleValue(1, 1);
        tag.varint(2, 1);
        tag.end(sample);
        tag.end(series);
        all.put("prometheus: series", Seeds.snappy(repeated(tag.toByteArray())));
    }

    /** Spans of one piece each, or one span of many pieces when {@code item} is empty. */
    private static byte[] request(byte[] item, byte[] piece) {
        ProtoWriter out = new ProtoWriter();
        int group = out.begin(1);
        int scope = out.begin(2);
        while (out.size() < BYTES - item.length - piece.length - 64) {
            int span = out.begin(2);
            out.raw(item, 0, item.length);
            do {
                out.raw(piece, 0, piece.length);
            } while (item.length == 0 && out.size() < BYTES - piece.length - 64);
            out.end(span);
        }
        out.end(scope);
        out.end(group);
        return out.toByteArray();
    }

    static byte[] list(String entry) {
        return repeated("[", entry, entry.substring(0, entry.length() - 1) + "]");
    }

    static byte[] repeated(String head, String piece, String tail) {
        int times = (BYTES - head.length() - tail.length()) / piece.length();
        return (head + piece.repeat(times) + tail).getBytes(UTF_8);
    }

    static byte[] repeated(byte[] piece) {
        byte[] all = new byte[BYTES / piece.length * piece.length];
        for (int at = 0; at < all.length; at += piece.length) {
            System.arraycopy(piece, 0, all, at, piece.length);
        }
        return all;
    }

    static byte[] counted(String head, IntFunction<String> piece, String tail) {
        StringBuilder text = new StringBuilder(BYTES).append(head);
        for (int i = 0; text.length() < BYTES - tail.length() - 128; i++) {
            text.append(piece.apply(i));
        }
        return text.append(tail).toString().getBytes(UTF_8);
    }

    private static byte[] filled(byte with) {
        byte[] bytes = new byte[BYTES];
        java.util.Arrays.fill(bytes, with);
        return bytes;
    }

    private static byte[] alternating(byte one, byte other) {
        byte[] bytes = filled(one);
        for (int at = 1; at < bytes.length; at += 2) {
            bytes[at] = other;
        }
        return bytes;
    }
}
