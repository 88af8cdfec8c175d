package dev.plait.ingest.otlp;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.model.ItemFlags;
import java.util.BitSet;
import java.util.Optional;

/**
 * Hands over OTLP spans that the decoder of another format wrote. They are scanned as those that came as OTLP are, so that one
 * place says what a span is: its flags, its error verdict, its request ID, what is normalised in it. Reused from record to
 * record; not thread safe.
 */
public final class WrittenSpans {
    private static final BitSet NOTHING = new BitSet(0);

    private final Relay relay = new Relay();
    private final SpanScanner scanner;
    private final SliceMask shared;
    private RecordScan record;

    public WrittenSpans(Redaction redaction) {
        scanner = new SpanScanner(redaction);
        shared = new SliceMask(redaction);
        record = new RecordScan(relay, NOTHING, false, shared);
    }

    /** Begins a record. */
    public void begin(SignalSink sink) {
        relay.sink = sink;
        record = new RecordScan(relay, NOTHING, false, shared);
    }

    /** An OTLP {@code Resource} with its secrets covered; the same array when it has none. */
    public byte[] coveredResource(byte[] resource) {
        byte[] covered = shared.covered(OtlpSchema.RESOURCE, resource);
        record.redacted(shared);
        return covered;
    }

    /**
     * Hands over the OTLP {@code Span} in the first {@code length} bytes, of a resource and scope that the sink was given.
     *
     * @param shared the server half of a Zipkin shared span: its client half has its ID, so it is no root though it may name
     *     no parent
     * @return why the span is refused instead; of no item and no position, which the caller knows
     */
    public Optional<Rejected> add(byte[] bytes, int length, int resource, int scope, boolean shared) {
        relay.resource = resource;
        relay.scope = scope;
        relay.shared = shared;
        relay.refused = Optional.empty();
        scanner.scan(bytes, 0, length, record);
        return relay.refused;
    }

    /** Ends a record that was not refused: tells the sink what was normalised in its spans. */
    public void finish() {
        record.finish();
    }

    /** Whether bytes that are no message of another format are an OTLP request. */
    public static boolean isOtlp(byte[] value) {
        return OtherSignal.isAny(value);
    }

    /** Gives each span its origin and what its own format knows beyond OTLP. */
    private static final class Relay implements SignalSink {
        private SignalSink sink = this;
        private int resource;
        private int scope;
        private boolean shared;
        private Optional<Rejected> refused = Optional.empty();

        @Override
        public void item(
                long traceHigh,
                long traceLow,
                long spanId,
                long parentOrHash,
                int flags,
                int noResource,
                int noScope,
                byte[] bytes,
                int offset,
                int length) {
            int all = shared ? flags & ~ItemFlags.ROOT | ItemFlags.SHARED : flags;
            sink.item(traceHigh, traceLow, spanId, parentOrHash, all, resource, scope, bytes, offset, length);
        }

        @Override
        public void reject(Rejected item) {
            refused = Optional.of(item);
        }

        @Override
        public void requestId(long high, long low) {
            sink.requestId(high, low);
        }

        @Override
        public void normalised(String kind, int count) {
            sink.normalised(kind, count);
        }

        @Override
        public void redacted(int count) {
            sink.redacted(count);
        }
    }
}
