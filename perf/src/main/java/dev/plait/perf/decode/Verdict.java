package dev.plait.perf.decode;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;
import java.util.Optional;

/** What a decoder said of one value, as one number: equal verdicts are equal, others differ but by chance. Reused. */
final class Verdict implements SignalSink {
    private long hash;

    /** @throws RuntimeException whatever the decoder throws, which it must not */
    long of(Decoder decoder, byte[] value) {
        hash = 1;
        Optional<Rejected> refused = decoder.decode(value, this);
        add(refused.hashCode());
        return hash;
    }

    private void add(long value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 32;
    }

    private int slice(byte[] bytes, int offset, int length) {
        int content = 1;
        for (int at = offset; at < offset + length; at++) {
            content = content * 31 + bytes[at];
        }
        add(content);
        return 0;
    }

    @Override
    public int resource(byte[] bytes, int offset, int length) {
        return slice(bytes, offset, length);
    }

    @Override
    public int scope(byte[] bytes, int offset, int length) {
        return slice(bytes, offset, length);
    }

    @Override
    public void requestId(long high, long low) {
        add(high + low);
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
        // one by one: an array would be counted as the decoder's
        add(traceHigh);
        add(traceLow);
        add(spanId);
        add(parentOrHash);
        add(flags);
        slice(bytes, offset, length);
    }

    @Override
    public void reject(Rejected item) {
        add(item.hashCode());
    }

    @Override
    public void normalised(String kind, int count) {
        add(kind.hashCode() * 31L + count);
    }

    @Override
    public void points(int count) {
        add(count);
    }

    @Override
    public boolean wantsMetric(byte[] bytes, int nameOffset, int nameLength) {
        return true;
    }

    @Override
    public void point(long family, long stream, int resource, int scope, byte[] bytes, int offset, int length) {
        add(family + stream);
        slice(bytes, offset, length);
    }
}
