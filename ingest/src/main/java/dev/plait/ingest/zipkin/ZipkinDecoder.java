package dev.plait.ingest.zipkin;

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
import dev.plait.schemas.wire.ProtoReader;
import java.util.Optional;

/**
 * Reads Zipkin v2 spans, JSON (one span or a list) and protobuf ({@code ListOfSpans}), told apart record by record. Each becomes
 * an OTLP span with the names of today's semantic conventions.
 *
 * <p>A bad span is refused alone; broken JSON or protobuf refuses the record, as does a record of nothing but another format.
 * Zipkin v1, JSON and thrift, is refused by name. Source: openzipkin/zipkin-api zipkin2-api.yaml and zipkin.proto.
 */
public final class ZipkinDecoder implements Decoder {
    /** Far above what brokers let pass; a larger value is refused as TOO_LARGE. */
    private static final int MAX_BYTES = 64 << 20;

    private static final int SPANS = 1 << 3 | ProtoReader.LEN;
    private static final int LAST_THRIFT_TYPE = 16;

    private final SpanOutput output;
    private final JsonSpans json;
    private final ProtoSpanReader proto;
    private final ProtoReader list = new ProtoReader();
    private final SpanRecord span = new SpanRecord();

    public ZipkinDecoder() {
        this(Redaction.DEFAULT);
    }

    public ZipkinDecoder(Redaction redaction) {
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
        if (JsonSpans.begins(value) && !isList(value)) {
            refused = json.read(value);
            return refused.isPresent() ? refused : output.end();
        }
        if (isThrift(value)) {
            return refused(Reason.NOT_THIS_FORMAT, "Not this format: begins as Zipkin v1 thrift at byte 0");
        }
        if (value[0] != SPANS) {
            return refused(Reason.WRONG_FORMAT, "Wrong format: neither JSON nor a protobuf list of spans at byte 0");
        }
        refused = readList(value);
        return refused.isPresent() || output.onlyRefused() ? explained(value, refused) : refused;
    }

    private Optional<Rejected> readList(byte[] value) {
        try {
            list.reset(value, 0, value.length);
            while (list.hasNext() && !output.isHopeless()) {
                int tag = list.tag();
                if (tag == SPANS) {
                    int length = list.length();
                    item(value, list.position(), length);
                    list.advance(length);
                } else {
                    list.skip(tag);
                }
            }
            return output.end();
        } catch (Malformed malformed) {
            return Optional.of(Rejected.record(malformed));
        }
    }

    private void item(byte[] value, int at, int length) {
        span.clear();
        Optional<Problem> problem = proto.read(value, at, length, span);
        String where = "in the span at byte ";
        if (problem.isPresent()) {
            output.refuse(problem.get(), where, at);
        } else {
            output.accept(span, where, at);
        }
    }

    /** Much begins with a field 1 of some length: what was refused as it is may be another format's. */
    private Optional<Rejected> explained(byte[] value, Optional<Rejected> refused) {
        if (WrittenSpans.isOtlp(value)) {
            return refused(Reason.WRONG_FORMAT, "Wrong format: an OTLP request, not Zipkin spans");
        }
        if (value.length > 18 && (value[1] == 16 && value[18] == 18 || value[1] == 8 && value[10] == 18)) {
            return refused(Reason.WRONG_FORMAT, "Wrong format: a span that is in no list, as Jaeger writes it");
        }
        if (isList(value) && ProtoIds.isTooLong(value, firstEntry(value))) {
            return refused(Reason.WRONG_FORMAT, "Wrong format: field 1 of the first is too long for a trace ID");
        }
        return refused;
    }

    /** Whether the value is field 1 of some length, again and again, to its end: a line feed begins JSON as well. */
    private boolean isList(byte[] value) {
        if (value[0] != SPANS) {
            return false;
        }
        try {
            list.reset(value, 0, value.length);
            while (list.hasNext()) {
                int tag = list.tag();
                list.expect(tag, ProtoReader.LEN);
                list.advance(list.length());
            }
            return true;
        } catch (Malformed noList) {
            return false;
        }
    }

    /** Where the first entry of a list begins. */
    private int firstEntry(byte[] value) {
        list.reset(value, 1, value.length - 1);
        var unused = list.length();
        return list.position();
    }

    /** The rule of Zipkin's SpanBytesDecoderDetector: a list, or a struct's first field, by its type. */
    private static boolean isThrift(byte[] value) {
        return value[0] > 0 && value[0] <= LAST_THRIFT_TYPE && (value[0] != SPANS || value.length > 1 && value[1] == 0);
    }

    private static Optional<Rejected> refused(Reason reason, String detail) {
        return Optional.of(Rejected.record(reason, detail, 0));
    }
}
