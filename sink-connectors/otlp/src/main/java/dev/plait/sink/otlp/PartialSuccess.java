package dev.plait.sink.otlp;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

/** Reads what an answer says of items that were refused while the rest was taken. */
final class PartialSuccess {
    private PartialSuccess() {}

    static Answer.Taken of(Message answer) {
        if (answer instanceof ExportTraceServiceResponse traces) {
            var partial = traces.getPartialSuccess();
            return taken(partial.getRejectedSpans(), partial.getErrorMessage());
        }
        if (answer instanceof ExportLogsServiceResponse logs) {
            var partial = logs.getPartialSuccess();
            return taken(partial.getRejectedLogRecords(), partial.getErrorMessage());
        }
        if (answer instanceof ExportMetricsServiceResponse metrics) {
            var partial = metrics.getPartialSuccess();
            return taken(partial.getRejectedDataPoints(), partial.getErrorMessage());
        }
        throw new IllegalStateException("not an answer of OTLP: " + answer.getClass());
    }

    private static Answer.Taken taken(long rejected, String message) {
        return rejected == 0 && message.isEmpty() ? Answer.Taken.ALL : new Answer.Taken(rejected, Texts.cut(message));
    }
}
