package dev.plait.ingest;

import static dev.plait.ingest.envoy.AlsMessages.http;
import static dev.plait.ingest.envoy.AlsMessages.identifier;
import static dev.plait.ingest.envoy.AlsMessages.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import dev.plait.ingest.applog.AppLogDecoder;
import dev.plait.ingest.applog.AppLogForm;
import dev.plait.ingest.applog.AppLogs;
import dev.plait.ingest.envoy.MeshDecoder;
import dev.plait.ingest.envoy.MeshLines;
import dev.plait.ingest.jaeger.JaegerDecoder;
import dev.plait.ingest.jaeger.JaegerSpans;
import dev.plait.ingest.kong.KongDecoder;
import dev.plait.ingest.kong.KongLogs;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.ingest.otlp.OtlpJson;
import dev.plait.ingest.otlp.Samples;
import dev.plait.ingest.prometheus.RemoteWriteDecoder;
import dev.plait.ingest.prometheus.RemoteWrites;
import dev.plait.ingest.zipkin.ZipkinDecoder;
import dev.plait.ingest.zipkin.ZipkinSpans;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.codec.SpanBytesEncoder;

/**
 * What every decoder makes of what is no record of its topic: the rows that faults.md has for all formats, the records of each
 * other format, and Avro, of which nothing is read. A verdict holds for all topics but those that are named behind it: a reason
 * for which the record is refused, or how many items were taken. Rows that are not here need a broker, a receiver or a schema
 * registry: there is none of the last.
 */
class ForeignRecordsTest {
    enum Topic {
        TRACES,
        LOGS,
        METRICS,
        KONG,
        MESH,
        ZIPKIN,
        JAEGER,
        PROMETHEUS,
        JSON,
        LINES;

        Decoder decoder() {
            return switch (this) {
                case TRACES -> OtlpDecoder.traces();
                case LOGS -> OtlpDecoder.logs();
                case METRICS -> OtlpDecoder.metrics();
                case KONG -> new KongDecoder();
                case MESH -> new MeshDecoder();
                case ZIPKIN -> new ZipkinDecoder();
                case JAEGER -> new JaegerDecoder();
                case PROMETHEUS -> new RemoteWriteDecoder();
                case JSON -> new AppLogDecoder();
                case LINES -> new AppLogDecoder(AppLogForm.of("^trace=(?<trace_id>\\w+) (?<message>.*)", ""));
            };
        }
    }

    static Stream<Arguments> common() {
        byte[] noise = new byte[1000];
        new Random(7).nextBytes(noise);
        byte[] ones = new byte[100_000];
        Arrays.fill(ones, (byte) 0xff);
        return Stream.of(
                arguments("C2 nothing", bytes(), "EMPTY; OTLP: 0 taken"),
                arguments("C3 a letter", text("x"), "WRONG_FORMAT; OTLP: TRUNCATED; LINES: 1 taken"),
                arguments("C3 a brace", text("{"), "TRUNCATED; PROMETHEUS: WRONG_FORMAT"),
                arguments("C3 a line feed", bytes(0x0a), "EMPTY; OTLP PROMETHEUS: TRUNCATED"),
                arguments("C3 zero", bytes(0), "UNEXPECTED_FRAMING; OTLP: WRONG_FORMAT; PROMETHEUS: EMPTY"),
                arguments("C4 100 kB of zeros", new byte[100_000], "UNEXPECTED_FRAMING; OTLP: WRONG_FORMAT"),
                arguments("C5 100 kB of 0xff", ones, "WRONG_FORMAT; MESH LINES: TOO_LARGE"),
                arguments("C6 noise", noise, "WRONG_FORMAT; OTLP: TRUNCATED"),
                arguments("C7 gzip", bytes(0x1f, 0x8b, 8, 0, 1), "NOT_THIS_FORMAT"),
                arguments("C7 zstd", bytes(0x28, 0xb5, 0x2f, 0xfd, 4), "NOT_THIS_FORMAT"),
                arguments("C7 lz4", bytes(0x04, 0x22, 0x4d, 0x18, 4), "NOT_THIS_FORMAT"));
    }

    static Stream<Arguments> families() {
        return Stream.of(
                arguments(
                        "C15 OTLP spans",
                        Samples.richTraces().toByteArray(),
                        "WRONG_FORMAT; TRACES: 3 taken; LOGS METRICS: WRONG_SIGNAL"),
                arguments(
                        "C15 OTLP logs",
                        Samples.logs(Samples.log().build()).toByteArray(),
                        "WRONG_FORMAT; TRACES METRICS: WRONG_SIGNAL; LOGS: 1 taken"),
                arguments(
                        "C15 OTLP metrics",
                        Samples.richMetrics().toByteArray(),
                        "WRONG_FORMAT; TRACES LOGS: WRONG_SIGNAL; METRICS: 3 taken"),
                arguments(
                        "C15 OTLP/JSON spans",
                        text(OtlpJson.of(Samples.richTraces())),
                        "WRONG_FORMAT; TRACES: 3 taken; LOGS METRICS: WRONG_SIGNAL"),
                arguments(
                        "C15 OTLP/JSON logs",
                        text(OtlpJson.of(Samples.logs(Samples.log().build()))),
                        "WRONG_FORMAT; TRACES METRICS: WRONG_SIGNAL; LOGS: 1 taken"),
                arguments(
                        "C15 OTLP/JSON metrics",
                        text(OtlpJson.of(Samples.richMetrics())),
                        "WRONG_FORMAT; TRACES LOGS: WRONG_SIGNAL; METRICS: 3 taken"),
                arguments("C15 Kong's log", text(KongLogs.FULL), "WRONG_FORMAT; KONG: 1 taken"),
                arguments("C15 Kong's logs in a list", text("[" + KongLogs.FULL + "]"), "WRONG_FORMAT; KONG: 1 taken"),
                arguments("C15 Kuma's line", text(MeshLines.KUMA), "WRONG_FORMAT; MESH LINES: 1 taken"),
                arguments("C15 Kuma's line of a connection", text(MeshLines.TCP), "WRONG_FORMAT; MESH LINES: 1 taken"),
                arguments("C15 Envoy's JSON", text(MeshLines.JSON), "WRONG_FORMAT; MESH: 1 taken"),
                arguments("C15 Envoy's gRPC message", als(), "WRONG_FORMAT; MESH: 1 taken"),
                arguments("C15 Zipkin JSON", text("[" + ZipkinSpans.KONG + "]"), "WRONG_FORMAT; ZIPKIN: 1 taken"),
                arguments("C15 Zipkin span", text(ZipkinSpans.KONG), "WRONG_FORMAT; ZIPKIN: 1 taken"),
                arguments("C15 Zipkin protobuf", zipkin(), "WRONG_FORMAT; ZIPKIN: 1 taken; PROMETHEUS: WRONG_TYPE"),
                arguments("C15 Jaeger JSON", text(JaegerSpans.JSON), "WRONG_FORMAT; JAEGER: 1 taken"),
                arguments(
                        "C15 Jaeger protobuf",
                        JaegerSpans.proto(),
                        "WRONG_FORMAT; JAEGER: 1 taken; PROMETHEUS: TRUNCATED"),
                arguments(
                        "C15 remote write",
                        RemoteWrites.snappy(series()),
                        "WRONG_FORMAT; PROMETHEUS: 1 taken; LINES: P WRONG_FORMAT"),
                arguments("C15 remote write, opened", series(), "WRONG_FORMAT; PROMETHEUS: 1 taken"),
                arguments(
                        "C15 remote write 2.0",
                        RemoteWrites.snappy(series2()),
                        "WRONG_FORMAT; OTLP: WRONG_TYPE; PROMETHEUS: 1 taken"),
                arguments("C15 a program's log", text(AppLogs.OTEL), "WRONG_FORMAT; JSON LINES: 1 taken"),
                arguments(
                        "C15 a program's line",
                        text("trace=4bf92f3577b34da6a3ce929d0e0e4736 no stock"),
                        "WRONG_FORMAT; LINES: 1 taken"));
    }

    /** Refused by how it is wrapped, so what is in it is never read. */
    static Stream<Arguments> avro() {
        return Stream.of(
                arguments(
                        "C19 registry's frame, OTLP spans",
                        framed(Samples.richTraces().toByteArray()),
                        "UNEXPECTED_FRAMING"),
                arguments(
                        "4.6/1 another magic byte",
                        bytes(1, 0, 0, 0, 7, 6, 'a', 'b', 'c'),
                        "WRONG_FORMAT; ZIPKIN: NOT_THIS_FORMAT"),
                arguments("4.6/2 shorter than its frame", bytes(0, 0, 0, 7), "UNEXPECTED_FRAMING; OTLP: WRONG_FORMAT"),
                arguments("4.6/3 registry's frame, a record", framed(6, 'a', 'b', 'c', 2), "UNEXPECTED_FRAMING"),
                arguments(
                        "4.6/3 schema 0",
                        bytes(0, 0, 0, 0, 0, 6, 'a', 'b', 'c'),
                        "UNEXPECTED_FRAMING; OTLP: WRONG_FORMAT"),
                arguments(
                        "4.6/3 schema 0x80000001",
                        bytes(0, 0x80, 0, 0, 1, 6, 'a', 'b', 'c'),
                        "UNEXPECTED_FRAMING; OTLP: WRONG_FORMAT"),
                arguments("4.6/10 lists in lists", framed(repeated(2, 100_000)), "UNEXPECTED_FRAMING"),
                arguments(
                        "4.6/16 long where int was",
                        framed(-1, -1, -1, -1, -1, -1, -1, -1, -1, 1),
                        "UNEXPECTED_FRAMING"),
                arguments("4.6/17 unknown enum symbol", framed(0x7e), "UNEXPECTED_FRAMING"),
                arguments("4.6/18 union index -1", framed(1), "UNEXPECTED_FRAMING"),
                arguments("4.6/19 negative length", framed(1, 'a'), "UNEXPECTED_FRAMING"),
                arguments("4.6/19 length 2^40", framed(0x80, 0x80, 0x80, 0x80, 0x80, 0x40), "UNEXPECTED_FRAMING"),
                arguments("4.6/21 2^62 nulls", framed(-1, -1, -1, -1, -1, -1, -1, -1, 0x7f, 0), "UNEXPECTED_FRAMING"),
                arguments(
                        "4.6/24 varint of 11 bytes",
                        framed(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1),
                        "UNEXPECTED_FRAMING"),
                arguments("4.6/33 container", text("Obj\1\4\26avro.schema"), "WRONG_FORMAT"),
                arguments("4.6/34 container, deflated", text("Obj\1\4\24avro.codec\16deflate"), "WRONG_FORMAT"),
                arguments(
                        "4.6/35 single object",
                        bytes(0xc3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 6, 'a', 'b', 'c'),
                        "WRONG_FORMAT"),
                arguments(
                        "4.6/36 Avro as JSON",
                        text("{\"name\":{\"string\":\"abc\"},\"count\":{\"long\":2}}"),
                        "WRONG_FORMAT"),
                arguments("4.6/37 registry's frame, protobuf", framed(0, 0x0a, 3, 'a', 'b', 'c'), "UNEXPECTED_FRAMING"),
                arguments(
                        "4.6/37 registry's frame, a message index",
                        framed(2, 2, 0x0a, 3, 'a', 'b', 'c'),
                        "UNEXPECTED_FRAMING"),
                arguments("4.6/37 registry's frame, JSON", framed(text(KongLogs.FULL)), "UNEXPECTED_FRAMING"),
                arguments("4.6/39 no frame", bytes(6, 'a', 'b', 'c', 2), "WRONG_FORMAT; ZIPKIN: NOT_THIS_FORMAT"),
                arguments(
                        "4.6/39 no frame, a long first",
                        bytes(0x80, 0x80, 0x80, 0x12, 6, 'a', 'b', 'c'),
                        "WRONG_FORMAT; OTLP: TRUNCATED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"common", "families", "avro"})
    void record_isJudgedByEveryTopic(String row, byte[] value, String verdicts) {
        Map<Topic, String> expected = new EnumMap<>(Topic.class);
        Map<Topic, String> found = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            expected.put(topic, expected(topic, verdicts));
            found.put(topic, verdict(topic.decoder(), value));
        }

        assertThat(found).isEqualTo(expected);
    }

    /** The topic's own, or the first. */
    private static String expected(Topic topic, String verdicts) {
        String[] parts = verdicts.replace("OTLP", "TRACES LOGS METRICS").split("; ", -1);
        for (String part : parts) {
            int colon = part.indexOf(": ");
            if (colon > 0 && List.of(part.substring(0, colon).split(" ", -1)).contains(topic.name())) {
                return part.substring(colon + 2);
            }
        }
        return parts[0];
    }

    private static String verdict(Decoder decoder, byte[] value) {
        RecordingSink sink = new RecordingSink();
        Optional<Rejected> refused = decoder.decode(value, sink);
        if (refused.isPresent()) {
            return refused.get().reason().name();
        }
        return sink.rejected().isEmpty()
                ? sink.items().size() + sink.points() + " taken"
                : "P " + sink.rejected().get(0).reason();
    }

    private static byte[] als() {
        return message(out -> {
            identifier(out);
            http(out, "/orders");
        });
    }

    private static byte[] series() {
        return RemoteWrites.one(1, "__name__", "x_total");
    }

    private static byte[] series2() {
        return new RemoteWrites.V2()
                .series(RemoteWrites.sample(1, 1_767_225_600_000L), "__name__", "x_total")
                .body();
    }

    private static byte[] zipkin() {
        return SpanBytesEncoder.PROTO3.encodeList(
                SpanBytesDecoder.JSON_V2.decodeList(text("[" + ZipkinSpans.KONG + "]")));
    }

    private static byte[] framed(int... content) {
        return framed(bytes(content));
    }

    private static byte[] framed(byte[] content) {
        return ByteString.copyFrom(bytes(0, 0, 0, 0, 7))
                .concat(ByteString.copyFrom(content))
                .toByteArray();
    }

    private static byte[] repeated(int value, int times) {
        byte[] all = new byte[times];
        Arrays.fill(all, (byte) value);
        return all;
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
