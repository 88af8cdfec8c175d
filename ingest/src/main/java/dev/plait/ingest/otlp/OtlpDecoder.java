package dev.plait.ingest.otlp;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoWriter;
import java.util.BitSet;
import java.util.Optional;

/**
 * Decodes the OTLP requests of one signal, in protobuf or JSON, told apart by their first bytes. Protobuf is sliced as it lies;
 * JSON is first written as protobuf, so that both go the same way from there.
 *
 * <p>A value that is no request of this signal is refused whole, with what it looks like instead when that can be told. Bad
 * items are refused alone. No bytes at all are a valid request without content. At most {@link #MAX_BYTES} are read.
 *
 * <p>Source: opentelemetry-proto 1.11; the collector's Kafka exporter puts one request into one record.
 */
public final class OtlpDecoder implements Decoder {
    /** Far above what brokers let pass; a larger value is refused as TOO_LARGE. */
    public static final int MAX_BYTES = 64 << 20;

    private static final BitSet NOTHING = new BitSet(0);

    private final Signal signal;
    private final EnvelopeScanner scanner;
    private final JsonTranscoder json;
    private final SliceMask shared;

    private OtlpDecoder(Signal signal, Redaction redaction, ProxyLogs proxyLogs, LogTraces logTraces) {
        this.signal = signal;
        this.scanner = new EnvelopeScanner(signal, redaction, proxyLogs, logTraces);
        this.json = new JsonTranscoder(signal);
        this.shared = new SliceMask(redaction);
    }

    public static OtlpDecoder traces() {
        return traces(Redaction.DEFAULT);
    }

    public static OtlpDecoder traces(Redaction redaction) {
        return new OtlpDecoder(Signal.TRACES, redaction, ProxyLogs.NONE, LogTraces.NONE);
    }

    public static OtlpDecoder logs() {
        return logs(Redaction.DEFAULT);
    }

    public static OtlpDecoder logs(Redaction redaction) {
        return logs(redaction, ProxyLogs.NONE, LogTraces.NONE);
    }

    /**
     * Of logs, those of proxies among them.
     *
     * @param proxyLogs reads what access loggers wrote in words of their own
     * @param logTraces finds the trace of records that name it in words of their own
     */
    public static OtlpDecoder logs(Redaction redaction, ProxyLogs proxyLogs, LogTraces logTraces) {
        return new OtlpDecoder(Signal.LOGS, redaction, proxyLogs, logTraces);
    }

    public static OtlpDecoder metrics() {
        return metrics(Redaction.DEFAULT);
    }

    public static OtlpDecoder metrics(Redaction redaction) {
        return new OtlpDecoder(Signal.METRICS, redaction, ProxyLogs.NONE, LogTraces.NONE);
    }

    @Override
    public Optional<Rejected> decode(byte[] value, SignalSink sink) {
        if (value.length == 0) {
            sink.normalised(Normalised.EMPTY.label(), 1);
            return Optional.empty();
        }
        if (value.length > MAX_BYTES) {
            return Optional.of(Rejected.record(Reason.TOO_LARGE, "more than " + MAX_BYTES + " bytes", MAX_BYTES));
        }
        Optional<Rejected> framed = Framing.refusal(value);
        if (framed.isPresent()) {
            return framed;
        }
        return Framing.isJson(value) ? decodeJson(value, sink) : decodeProtobuf(value, sink);
    }

    /**
     * Hands over the items of a request that another decoder wrote from a format of its own.
     *
     * @param missing numbers of items that were refused while it was written, or said nothing; the others keep theirs
     */
    public Optional<Rejected> decodeRewritten(ProtoWriter request, BitSet missing, SignalSink sink) {
        return request.size() == 0
                ? Optional.empty()
                : scan(request.bytes(), request.size(), new RecordScan(sink, missing, false, shared));
    }

    private Optional<Rejected> decodeJson(byte[] value, SignalSink sink) {
        RecordScan record = new RecordScan(sink, json.refusedItems(), false, shared);
        Optional<Rejected> refused = json.read(value, record, sink);
        return refused.isPresent() ? refused : scan(json.bytes(), json.size(), record);
    }

    private Optional<Rejected> decodeProtobuf(byte[] value, SignalSink sink) {
        RecordScan record = new RecordScan(sink, NOTHING, true, shared);
        Optional<Rejected> refused = scan(value, value.length, record);
        if (refused.isEmpty() && (record.accepted() > 0 || record.rejected() == 0)) {
            return refused;
        }
        Optional<Signal> other = record.hasGroup() ? OtherSignal.find(value, signal) : Optional.empty();
        if (other.isPresent()) {
            String detail = "these are " + other.get().items() + ", not " + signal.items();
            return Optional.of(Rejected.record(Reason.WRONG_SIGNAL, detail, 0));
        }
        return refused.map(first -> explained(value, first));
    }

    private Optional<Rejected> scan(byte[] bytes, int length, RecordScan record) {
        try {
            return scanner.scan(bytes, 0, length, record);
        } catch (Malformed malformed) {
            return Optional.of(Rejected.record(malformed));
        }
    }

    private static Rejected explained(byte[] value, Rejected refused) {
        int messages = Framing.messagesInStream(value);
        if (messages == 1) {
            return Rejected.record(Reason.UNEXPECTED_FRAMING, "the length of the message before it", 0);
        }
        if (messages > 1) {
            return Rejected.record(Reason.TRAILING_DATA, "a stream of messages, each after its length", 0);
        }
        if (Framing.isText(value)) {
            return Rejected.record(Reason.WRONG_FORMAT, "text, but not a JSON object", 0);
        }
        if (refused.reason() == Reason.TRUNCATED && Framing.isChain(value)) {
            return Rejected.record(
                    Reason.WRONG_FORMAT, "no OTLP request: it is whole, but not within its fields", refused.atByte());
        }
        return refused;
    }
}
