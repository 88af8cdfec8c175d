package dev.plait.ingest.otlp;

import dev.plait.ingest.SignalSink;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import java.util.BitSet;
import java.util.Optional;

/**
 * Whether bytes that were refused as one signal are another. OTLP does not say which signal a request is, and many requests
 * parse as all three: metrics read as spans are spans whose trace ID is a metric's name. So only what was refused as a whole,
 * or in every item, is tried as the others, and it is another when that one finds nothing at all to refuse.
 */
final class OtherSignal {
    private static final int TIME = 1;
    private static final int BODY = 5;
    private static final int OBSERVED_TIME = 11;

    private OtherSignal() {}

    static Optional<Signal> find(byte[] value, Signal declared) {
        for (Signal signal : Signal.values()) {
            if (signal != declared && fits(value, signal)) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }

    /** Whether the bytes are a request of any signal. */
    static boolean isAny(byte[] value) {
        for (Signal signal : Signal.values()) {
            if (fits(value, signal)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(byte[] value, Signal signal) {
        Found found = new Found();
        RecordScan record = new RecordScan(found, new BitSet(), true, new SliceMask(Redaction.DEFAULT));
        try {
            boolean whole = new EnvelopeScanner(signal, Redaction.DEFAULT, ProxyLogs.NONE, LogTraces.NONE)
                    .scan(value, 0, value.length, record)
                    .isEmpty();
            return whole && record.rejected() == 0 && found.any;
        } catch (Malformed not) {
            return false;
        }
    }

    /**
     * Looks for one thing that is what it seems: nearly any message reads as a log record, as none of its fields are required,
     * so one with a time or a body is needed. Spans have ids and metrics have points, or they were refused.
     */
    private static final class Found implements SignalSink {
        private final ProtoReader reader = new ProtoReader();
        private boolean any;

        @Override
        public void item(
                long traceHigh,
                long traceLow,
                long spanId,
                long parentOrHash,
                int flags,
                int resource,
                int scope,
                byte[] bytes,
                int offset,
                int length) {
            any = any || ItemFlags.signal(flags) != ItemFlags.LOG || hasTimeOrBody(bytes, offset, length);
        }

        private boolean hasTimeOrBody(byte[] bytes, int offset, int length) {
            reader.reset(bytes, offset, length);
            while (reader.hasNext()) {
                int tag = reader.tag();
                switch (ProtoReader.field(tag)) {
                    case TIME, OBSERVED_TIME, BODY -> {
                        return true;
                    }
                    default -> reader.skip(tag);
                }
            }
            return false;
        }

        @Override
        public void points(int count) {
            any |= count > 0;
        }
    }
}
