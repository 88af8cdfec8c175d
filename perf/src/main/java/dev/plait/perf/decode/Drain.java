package dev.plait.perf.decode;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;

/** Takes what a decoder gives and adds up its sizes: what it costs to look into it is not the decoder's. Reused. */
final class Drain implements SignalSink {
    private long taken;

    /** Decodes one value; a number that depends on all that was given, so that no part of it can be left out. */
    long decode(Decoder decoder, byte[] value) {
        taken = 0;
        decoder.decode(value, this).ifPresent(this::reject);
        return taken;
    }

    @Override
    public int resource(byte[] bytes, int offset, int length) {
        taken += length;
        return 0;
    }

    @Override
    public int scope(byte[] bytes, int offset, int length) {
        taken += length;
        return 0;
    }

    @Override
    public void requestId(long high, long low) {
        taken += high ^ low;
    }

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
        taken += traceHigh ^ traceLow ^ spanId ^ parentOrHash ^ flags;
        taken += length;
    }

    @Override
    public void reject(Rejected item) {
        taken += item.detail().length();
    }

    @Override
    public void normalised(String kind, int count) {
        taken += count;
    }

    @Override
    public void points(int count) {
        taken += count;
    }

    @Override
    public boolean wantsMetric(byte[] bytes, int nameOffset, int nameLength) {
        return true;
    }

    @Override
    public void point(long family, long stream, int resource, int scope, byte[] bytes, int offset, int length) {
        taken += family ^ stream;
        taken += length;
    }
}
