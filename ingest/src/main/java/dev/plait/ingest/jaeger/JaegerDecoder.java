package dev.plait.ingest.jaeger;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.Payload;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.otlp.WrittenSpans;
import dev.plait.ingest.redact.Redaction;
import dev.plait.ingest.span.JsonSpans;
import dev.plait.ingest.span.ProtoIds;
import dev.plait.ingest.span.SpanOutput;
import dev.plait.ingest.span.SpanRecord;
import dev.plait.schemas.wire.Malformed;
import java.util.Optional;

/**
 * Reads Jaeger spans as its collector and OpenTelemetry's write them to Kafka: one {@code jaeger.api_v2.Span} a record, in
 * protobuf or in protobuf's JSON, told apart by the first byte. Each becomes an OTLP span with the names of today's semantic
 * conventions. Source: jaegertracing/jaeger-idl proto/api_v2/model.proto; collector contrib, exporter/kafkaexporter.
 */
public final class JaegerDecoder implements Decoder {
    /** Far above what brokers let pass; a larger value is refused as TOO_LARGE. */
    private static final int MAX_BYTES = 64 << 20;

    private static final int TRACE_ID = 0x0a;
    private static final String WHERE = "in the span at byte ";

    private final SpanOutput output;
    private final JsonSpans json;
    private final ProtoSpanReader proto;
    private final SpanRecord span = new SpanRecord();

    public JaegerDecoder() {
        this(Redaction.DEFAULT);
    }

    public JaegerDecoder(Redaction redaction) {
        output = new SpanOutput(redaction);
        json = new JsonSpans(new JsonSpanReader(output), output);
        proto = new ProtoSpanReader(output);
    }

    @Override
    public Optional<Rejected> decode(byte[] value, SignalSink sink) {
        if (value.length > MAX_BYTES) {
            return Optional.of(Rejected.record(Reason.TOO_LARGE, "more than " + MAX_BYTES + " bytes", MAX_BYTES));
        }
        Optional<Rejected> refused = Payload.refuse(value);
        if (refused.isPresent()) {
            return refused;
        }
        output.begin(sink);
        boolean isProto = value[0] == TRACE_ID && value.length > 1 && (value[1] == 16 || value[1] == 8);
        if (!isProto && JsonSpans.begins(value)) {
            refused = json.read(value);
            return refused.isPresent() ? refused : output.end();
        }
        if (value[0] != TRACE_ID) {
            return Optional.of(Rejected.record(
                    Reason.WRONG_FORMAT, "Wrong format: neither JSON nor a Jaeger span in protobuf at byte 0", 0));
        }
        return readSpan(value).map(first -> explained(value, first));
    }

    private Optional<Rejected> readSpan(byte[] value) {
        try {
            span.clear();
            Optional<Problem> problem = proto.read(value, span);
            if (problem.isPresent()) {
                output.refuse(problem.get(), WHERE, 0);
            } else {
                output.accept(span, WHERE, 0);
            }
            return output.end();
        } catch (Malformed malformed) {
            return Optional.of(Rejected.record(malformed));
        }
    }

    /** Much begins with a field 1; that of a span is no longer than a trace ID. */
    private static Rejected explained(byte[] value, Rejected first) {
        if (WrittenSpans.isOtlp(value)) {
            return Rejected.record(Reason.WRONG_FORMAT, "Wrong format: an OTLP request, not a Jaeger span", 0);
        }
        return ProtoIds.isTooLong(value, 0)
                ? Rejected.record(Reason.WRONG_FORMAT, "Wrong format: field 1 is too long for a trace ID", 0)
                : first;
    }
}
