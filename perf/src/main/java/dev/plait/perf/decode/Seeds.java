package dev.plait.perf.decode;

import static dev.plait.perf.decode.NastyLogs.nest;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.frame.SignalRouter;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.wire.ProtoWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xerial.snappy.Snappy;

/**
 * What fuzzing starts from: good records of every format, of which all decoders get all, and the malformed kinds that are told
 * apart by their beginning. Written for this, from the formats' specifications.
 */
final class Seeds {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final List<String> TEXTS = List.of(
            // OTLP/JSON
            "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"a\"}}]},"
                    + "\"scopeSpans\":[{\"spans\":[{\"traceId\":\"" + TRACE
                    + "\",\"spanId\":\"00f067aa0ba902b7\",\"kind\":2,"
                    + "\"name\":\"GET /a\",\"startTimeUnixNano\":\"1767225600000000000\",\"endTimeUnixNano\":1767225600000000009,"
                    + "\"attributes\":[{\"key\":\"a\",\"value\":{\"arrayValue\":{\"values\":[{\"doubleValue\":1e3}]}}}]}]}]}]}",
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\",\"severityNumber\":17,\"body\":"
                    + "{\"kvlistValue\":{\"values\":[{\"key\":\"password\",\"value\":{\"stringValue\":\"x\"}}]}}}]}]}]}",
            "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"sum\":{\"aggregationTemporality\":2,"
                    + "\"isMonotonic\":true,\"dataPoints\":[{\"asInt\":\"5\",\"timeUnixNano\":\"1\"}]}}]}]}]}",
            // Kong
            "{\"request\":{\"id\":\"9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f\",\"method\":\"GET\",\"uri\":\"/a?token=x\",\"size\":\"2\","
                    + "\"headers\":{\"host\":\"h\",\"x-forwarded-for\":[\"10.0.0.1\"],\"authorization\":\"REDACTED\"}},"
                    + "\"response\":{\"status\":502,\"size\":3},\"latencies\":{\"kong\":3,\"proxy\":-1,\"request\":4.5},\"tries\":{},"
                    + "\"trace_id\":{\"w3c\":\"" + TRACE
                    + "\",\"datadog\":\"11803532876627986230\"},\"started_at\":1767225600123,"
                    + "\"upstream_status\":\"500, 200 : 200\",\"service\":{\"name\":\"s\"},\"client_ip\":\"::ffff:10.0.0.9\"}\n",
            "[{\"session\":{\"received\":1,\"sent\":2,\"status\":200},\"latencies\":{\"session\":3},\"started_at\":1767225600}]",
            "<14>1 2026-01-01T00:00:00Z h kong - - [k@1 tag=\"x\"] {\"request\":{},\"response\":{},\"started_at\":0}",
            // Envoy and Kuma
            "[2026-01-01T00:00:00.310Z] default \"GET /a?b=1 HTTP/1.1\" 503 UF,URX 5 91 12 - \"-\" \"cu\"rl\" \"463ac35c9f6413ad48485a3953bb6124\""
                    + " \"0b3c1c5a-0000-4000-8000-000000000000\" \"h\" \"front\" \"back\" \"10.42.0.7\" \"10.42.1.9:8080\"\n",
            "[2026-01-01T00:00:00.310Z] - default 10.0.0.1(a)->10.0.0.2:80(b) took 5ms, sent 3 bytes, received: 4 bytes\r\n",
            "{\"start_time\":\"2026-01-01T00:00:00Z\",\"method\":\"GET\",\"path\":\"/\",\"response_code\":\"200\",\"duration_ms\":null}\n",
            // Zipkin
            "[{\"traceId\":\"" + TRACE
                    + "\",\"id\":\"00f067aa0ba902b7\",\"kind\":\"SERVER\",\"name\":\"get\",\"timestamp\":1767225600000000,"
                    + "\"duration\":5,\"localEndpoint\":{\"serviceName\":\"a\",\"ipv4\":\"10.0.0.1\",\"port\":80},\"remoteEndpoint\":null,"
                    + "\"annotations\":[{\"timestamp\":1767225600000001,\"value\":\"x\"}],\"tags\":{\"http.path\":\"/a?b\",\"error\":\"\"},"
                    + "\"shared\":true}]",
            // Jaeger
            "{\"traceId\":\"S/kvNXezTaajzpKdDg5HNg==\",\"spanId\":\"APBnqgupArc=\",\"operationName\":\"op\",\"references\":[],"
                    + "\"startTime\":\"2026-01-01T00:00:00.000000001Z\",\"duration\":\"0.005s\",\"tags\":[{\"key\":\"error\",\"vType\":\"BOOL\","
                    + "\"vBool\":true}],\"process\":{\"serviceName\":\"a\"}}",
            // logs of programs
            "{\"@timestamp\":\"2026-01-01T00:00:00.310Z\",\"log.level\":\"ERROR\",\"message\":\"no stock password=x\",\"trace.id\":\""
                    + TRACE
                    + "\",\"span\":{\"id\":\"00f067aa0ba902b7\"},\"dd.trace_id\":11803532876627986230,\"err\":{\"stack\":\"a\\nb\"}}\n",
            "2026-01-01 00:00:00.310  WARN [orders," + TRACE
                    + ",00f067aa0ba902b7] a.B : no stock\n\tat a.B(B.java:7)\nCaused by: x\n",
            "\"2026-01-01 00:00:00.310  WARN [orders,,] a.B : no stock\\nx\"",
            // of no format
            "",
            " \n",
            "null",
            "\ufeff{}",
            "{}{}",
            "[[[[[[[[",
            "{\"a\":{\"a\":{\"a\":",
            "\"\\ud800\\u0000\"",
            "1e400",
            "NaN",
            "<html><body>502 Bad Gateway</body></html>");

    private Seeds() {}

    static List<byte[]> all() {
        List<byte[]> seeds = new ArrayList<>();
        TEXTS.forEach(text -> seeds.add(text.getBytes(UTF_8)));
        seeds.add(traces());
        seeds.add(logs());
        seeds.add(metrics());
        seeds.add(zipkin());
        seeds.add(jaeger());
        seeds.add(accessLog());
        seeds.addAll(frames());
        byte[] write = remoteWrite();
        seeds.add(write);
        seeds.add(snappy(write));
        for (byte[] head : List.of(
                new byte[] {0x1f, (byte) 0x8b, 8, 0},
                new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd},
                new byte[] {0, 0, 0, 0, 1},
                new byte[] {0x0c, 0, 0, 0, 1, 0x0b},
                new byte[] {0x0b, 0x0b, 0x0b, 0x0b},
                new byte[] {'O', 'b', 'j', 1})) {
            seeds.add(head);
        }
        return seeds;
    }

    private static byte[] traces() {
        ProtoWriter out = new ProtoWriter();
        int group = out.begin(1);
        int resource = out.begin(1);
        attribute(out, 1, "service.name", "a");
        out.end(resource);
        int scope = out.begin(2);
        int span = out.begin(2);
        out.id(1, 0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L);
        out.id(2, 7);
        out.id(4, 8);
        out.text(5, "GET /a");
        out.varint(6, 3);
        out.fixed64(7, 1_767_225_600_000_000_000L);
        out.fixed64(8, 1_767_225_600_000_000_009L);
        attribute(out, 9, "http.response.status_code", "503");
        attribute(out, 9, "url.full", "http://u:p@h/a?token=x");
        int event = out.begin(11);
        attribute(out, 3, "exception.message", "password=x");
        out.end(event);
        int status = out.begin(15);
        out.varint(3, 2);
        out.end(status);
        out.end(span);
        out.end(scope);
        out.end(group);
        return out.toByteArray();
    }

    private static byte[] logs() {
        ProtoWriter out = new ProtoWriter();
        int group = out.begin(1);
        int scope = out.begin(2);
        int log = out.begin(2);
        out.fixed64(1, 1_767_225_600_000_000_000L);
        int body = out.begin(5);
        out.text(1, "GET /a?token=x {\"password\":\"y\"}");
        out.end(body);
        attribute(out, 6, "kong.request.id", "9f0c1e0c6d7a4b0f8a3a0c5c1b2d3e4f");
        out.id(9, 1, 2);
        out.end(log);
        out.end(scope);
        out.end(group);
        return out.toByteArray();
    }

    private static byte[] metrics() {
        ProtoWriter out = new ProtoWriter();
        int group = out.begin(1);
        int scope = out.begin(2);
        int metric = out.begin(2);
        out.text(1, "m");
        out.text(3, "s");
        int sum = out.begin(7);
        int point = out.begin(1);
        out.fixed64(3, 1);
        out.fixed64(6, 5);
        attribute(out, 7, "route", "a");
        int exemplar = out.begin(5);
        out.fixed64(6, 5);
        out.id(5, 1, 2);
        out.end(exemplar);
        out.end(point);
        out.varint(2, 2);
        out.varint(3, 1);
        out.end(sum);
        out.end(metric);
        out.end(scope);
        out.end(group);
        return out.toByteArray();
    }

    private static byte[] zipkin() {
        ProtoWriter out = new ProtoWriter();
        int span = out.begin(1);
        out.id(1, 1, 2);
        out.id(3, 7);
        out.varint(4, 2);
        out.text(5, "get");
        out.fixed64(6, 1_767_225_600_000_000L);
        out.varint(7, 5);
        int tag = out.begin(11);
        out.text(1, "http.path");
        out.text(2, "/a");
        out.end(tag);
        out.end(span);
        return out.toByteArray();
    }

    private static byte[] jaeger() {
        ProtoWriter out = new ProtoWriter();
        out.id(1, 1, 2);
        out.id(2, 7);
        out.text(3, "op");
        int tag = out.begin(8);
        out.text(1, "http.method");
        out.text(3, "GET");
        out.end(tag);
        int process = out.begin(10);
        out.text(1, "a");
        out.end(process);
        return out.toByteArray();
    }

    /** A message of Envoy's gRPC access log. */
    private static byte[] accessLog() {
        ProtoWriter out = new ProtoWriter();
        nest(out, 1, identifier -> nest(identifier, 1, node -> node.text(2, "orders")));
        nest(
                out,
                2,
                logs -> nest(logs, 1, entry -> {
                    nest(entry, 1, common -> {
                        nest(common, 5, time -> time.varint(1, 1_767_225_600L));
                        nest(common, 13, address -> nest(address, 1, socket -> socket.text(2, "10.0.0.1")));
                        nest(common, 16, flags -> flags.varint(6, 1));
                        nest(common, 23, duration -> duration.varint(2, 5_000_000));
                    });
                    nest(entry, 3, request -> {
                        request.varint(1, 1);
                        request.text(5, "/a?token=x");
                        nest(request, 13, header -> {
                            header.text(1, "traceparent");
                            header.text(2, "00-" + TRACE + "-00f067aa0ba902b7-01");
                        });
                    });
                    nest(entry, 4, response -> nest(response, 1, code -> code.varint(1, 503)));
                }));
        return out.toByteArray();
    }

    /** What receivers write of the seeds before, a frame of spans and one of logs. */
    private static List<byte[]> frames() {
        SignalRouter router = new SignalRouter(1);
        List<byte[]> frames = new ArrayList<>();
        router.start(Source.OTLP, Map.of("region", "eu"), Set.of());
        Optional<Rejected> spans = OtlpDecoder.traces().decode(traces(), router);
        router.drain(1, 2, 3, (partition, frame) -> frames.add(frame), (partition, frame) -> frames.add(frame));
        router.start(Source.OTLP, Map.of(), Set.of());
        Optional<Rejected> logs = OtlpDecoder.logs().decode(logs(), router);
        router.drain(1, 2, 3, (partition, frame) -> frames.add(frame), (partition, frame) -> frames.add(frame));
        if (spans.isPresent() || logs.isPresent() || frames.size() < 2) {
            throw new IllegalStateException("seeds that are refused: " + spans + logs);
        }
        return frames;
    }

    private static byte[] remoteWrite() {
        ProtoWriter out = new ProtoWriter();
        int series = out.begin(1);
        for (String[] label : new String[][] {{"__name__", "requests_total"}, {"code", "500"}}) {
            int entry = out.begin(1);
            out.text(1, label[0]);
            out.text(2, label[1]);
            out.end(entry);
        }
        int sample = out.begin(2);
        out.doubleValue(1, 5);
        out.varint(2, 1_767_225_600_000L);
        out.end(sample);
        out.end(series);
        return out.toByteArray();
    }

    static byte[] snappy(byte[] body) {
        try {
            return Snappy.compress(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void attribute(ProtoWriter out, int field, String key, String text) {
        int attribute = out.begin(field);
        out.text(1, key);
        int value = out.begin(2);
        out.text(1, text);
        out.end(value);
        out.end(attribute);
    }
}
