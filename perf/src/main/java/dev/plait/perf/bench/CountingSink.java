package dev.plait.perf.bench;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;

/** Takes items and keeps a sum of what it was given, so that nothing of the decoding can be left out. */
final class CountingSink implements SignalSink {
    private int slices;
    private long sum;

    /** Depends on every item. */
    long sum() {
        return sum;
    }

    @Override
    public int resource(byte[] bytes, int offset, int length) {
        sum += length;
        return slices++;
    }

    @Override
    public int scope(byte[] bytes, int offset, int length) {
        sum += length;
        return slices++;
    }

    @Override
    public void requestId(long high, long low) {
        sum += high ^ low;
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
        sum += traceHigh ^ traceLow ^ spanId ^ parentOrHash ^ flags + length + bytes[offset + length - 1];
    }

    @Override
    public void reject(Rejected item) {
        throw new IllegalStateException("rejected: " + item);
    }
}
