package dev.plait.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.wire.TraceJson;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceItemsTest {
    private final SentPieces sent = new SentPieces(10_000);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void spansAndLogs_areSentAsTheyWereReceived(long seed) throws Exception {
        FixtureTraces fixtures = new FixtureTraces(seed, 300, 20, 100);
        TraceItems items = new TraceItems(Revisions.NEW, false, sent);

        List<Item> all = new ArrayList<>();
        for (CorrelatedTrace trace : fixtures.traces()) {
            all.addAll(items.of(Records.view(TraceJson.write(trace))));
        }

        Message traces = Requests.of(Signal.TRACES, of(Signal.TRACES, all));
        Message logs = Requests.of(Signal.LOGS, of(Signal.LOGS, all));
        assertThat(spans(ExportTraceServiceRequest.parseFrom(traces.toByteString())))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(fixtures.spans());
        assertThat(logs(ExportLogsServiceRequest.parseFrom(logs.toByteString())))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(fixtures.logs());
        assertThat(JsonToProto.read(OtlpJson.of(traces), ExportTraceServiceRequest.newBuilder()))
                .isEqualTo(traces);
        assertThat(JsonToProto.read(OtlpJson.of(logs), ExportLogsServiceRequest.newBuilder()))
                .isEqualTo(logs);
    }

    private static List<Item> of(Signal signal, List<Item> items) {
        return items.stream().filter(item -> item.signal() == signal).toList();
    }

    private static List<Span> spans(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .map(FixtureTraces::asReceived)
                .toList();
    }

    private static List<LogRecord> logs(ExportLogsServiceRequest request) {
        return request.getResourceLogsList().stream()
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream())
                .map(FixtureTraces::asReceived)
                .toList();
    }
}
