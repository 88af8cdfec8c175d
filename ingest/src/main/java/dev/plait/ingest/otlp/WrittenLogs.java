package dev.plait.ingest.otlp;

import dev.plait.ingest.SignalSink;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.wire.ProtoWriter;

/** Covers the secrets of OTLP logs and resources that the decoder of another format wrote. Not thread safe. */
public final class WrittenLogs {
    private final SliceMask mask;

    public WrittenLogs(Redaction redaction) {
        mask = new SliceMask(redaction);
    }

    /** Covers those of an OTLP {@code LogRecord}, and tells {@code sink} how many; its bytes, as many as before. */
    public byte[] covered(ProtoWriter log, SignalSink sink) {
        return told(mask.log(log), sink);
    }

    /** Covers those of an OTLP {@code Resource}. */
    public byte[] coveredResource(byte[] resource, SignalSink sink) {
        byte[] covered = mask.covered(OtlpSchema.RESOURCE, resource);
        told(mask, sink);
        return covered;
    }

    private static byte[] told(SliceMask mask, SignalSink sink) {
        if (mask.secrets() > 0) {
            sink.redacted(mask.secrets());
        }
        return mask.masked();
    }
}
