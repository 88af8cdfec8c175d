package dev.plait.ingest.otlp;

import static dev.plait.ingest.otlp.Samples.attribute;
import static dev.plait.ingest.otlp.Samples.number;
import static dev.plait.ingest.otlp.Samples.real;
import static dev.plait.ingest.otlp.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plait.ingest.RecordingSink;
import dev.plait.schemas.model.ItemFlags;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ordered rule, one row for each thing it says; seen through the decoder, as a frame would see it. */
class SpanErrorRuleTest {
    private static final int UNSET = 0;
    private static final int OK = 1;
    private static final int ERROR = 2;
    private static final int INTERNAL = 1;
    private static final int SERVER = 2;
    private static final int CLIENT = 3;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"statusAndTags", "http", "grpc", "flags"})
    void rule_decides(String row, int status, int kind, List<KeyValue> attributes, boolean error) {
        Span.Builder span = Samples.span().clearAttributes().setKindValue(kind).addAllAttributes(attributes);
        span.getStatusBuilder().setCodeValue(status);
        RecordingSink sink = new RecordingSink();

        OtlpDecoder.traces().decode(Samples.traces(span.build()).toByteArray(), sink);

        assertThat(ItemFlags.has(sink.onlyItem().flags(), ItemFlags.ERROR)).isEqualTo(error);
    }

    static Stream<Arguments> statusAndTags() {
        return Stream.of(
                row("nothing said", UNSET, SERVER, false),
                row("status ERROR", ERROR, SERVER, true, number("http.response.status_code", 200)),
                row("status OK beats all", OK, SERVER, false, text("error.type", "x"), text("error", "true")),
                row("unknown status", 99, SERVER, false),
                row("error.type", UNSET, INTERNAL, true, text("error.type", "java.io.IOException")),
                row("error.type, empty", UNSET, INTERNAL, false, text("error.type", "")),
                row("error true", UNSET, SERVER, true, attribute("error", bool(true))),
                row("error false", UNSET, SERVER, false, attribute("error", bool(false))),
                row("error, text true", UNSET, SERVER, true, text("error", "true")),
                row("error, text False", UNSET, SERVER, false, text("error", "False")),
                row("error, some text", UNSET, SERVER, true, text("error", "connection refused")),
                row("error, empty", UNSET, SERVER, false, text("error", "")),
                row("error beats a good HTTP status", UNSET, SERVER, true, text("error", "1"), http(200)),
                row("error twice, last one counts", UNSET, SERVER, false, text("error", "x"), text("error", "")));
    }

    static Stream<Arguments> http() {
        return Stream.of(
                row("server 500", UNSET, SERVER, true, http(500)),
                row("server 404", UNSET, SERVER, false, http(404)),
                row("client 404", UNSET, CLIENT, true, http(404)),
                row("client 399", UNSET, CLIENT, false, http(399)),
                row("internal 503", UNSET, INTERNAL, true, http(503)),
                row("internal 404", UNSET, INTERNAL, false, http(404)),
                row("as text", UNSET, SERVER, true, text("http.status_code", "503")),
                row("as double", UNSET, SERVER, true, real("http.status_code", 503)),
                row("canonical name wins", UNSET, SERVER, false, number("http.status_code", 503), http(200)),
                row("0 decides nothing", UNSET, CLIENT, false, http(0)),
                row("0 with a network failure", UNSET, CLIENT, true, http(0), text("response_flags", "UF,URX")),
                row("server 404 beats a fault", UNSET, SERVER, false, http(404), text("response_flags", "UH")));
    }

    static Stream<Arguments> grpc() {
        return Stream.of(
                row(
                        "server UNAVAILABLE under 200",
                        UNSET,
                        SERVER,
                        true,
                        http(200),
                        text("rpc.status_code", "UNAVAILABLE")),
                row("server 14", UNSET, SERVER, true, number("rpc.grpc.status_code", 14)),
                row("server NotFound", UNSET, SERVER, false, text("grpc.status_code", "NotFound")),
                row("server INVALID_ARGUMENT", UNSET, SERVER, false, text("rpc.status_code", "INVALID_ARGUMENT")),
                row("server DataLoss", UNSET, SERVER, true, text("grpc.status_code", "DataLoss")),
                row("client NOT_FOUND", UNSET, CLIENT, true, text("rpc.status_code", "NOT_FOUND")),
                row("client 5, as text", UNSET, CLIENT, true, text("grpc.status_code", "5")),
                row("client OK", UNSET, CLIENT, false, text("rpc.status_code", "OK")),
                row("client 0", UNSET, CLIENT, false, number("rpc.grpc.status_code", 0)),
                row("client, absent in Envoy's words", UNSET, CLIENT, false, text("grpc.status_code", "-")),
                row("client, foreign words", UNSET, CLIENT, true, text("rpc.status_code", "resource busy")),
                row("server, foreign words", UNSET, SERVER, false, text("rpc.status_code", "resource busy")));
    }

    static Stream<Arguments> flags() {
        return Stream.of(
                row("upstream fault", UNSET, SERVER, true, text("response_flags", "UC")),
                row("second of two", UNSET, SERVER, true, text("response_flags", "DI,UT")),
                row("client gone", UNSET, SERVER, false, text("response_flags", "DC")),
                row("policy", UNSET, SERVER, false, text("response_flags", "RL,UAEX")),
                row("none", UNSET, SERVER, false, text("response_flags", "-")),
                row("fault under 200", UNSET, SERVER, true, http(200), text("response_flags", "UPE")));
    }

    private static Arguments row(String name, int status, int kind, boolean error, KeyValue... attributes) {
        return arguments(name, status, kind, List.of(attributes), error);
    }

    private static KeyValue http(int status) {
        return number("http.response.status_code", status);
    }

    private static AnyValue.Builder bool(boolean value) {
        return AnyValue.newBuilder().setBoolValue(value);
    }
}
