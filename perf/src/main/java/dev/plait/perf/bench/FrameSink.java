package dev.plait.perf.bench;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.wire.FrameConsumer;
import dev.plait.schemas.wire.FrameSet;
import java.util.Map;
import java.util.Optional;

/**
 * What the decode task does with the items of a record: frames by trace, and announcements of request IDs by request. Refuses
 * to go on when anything was rejected, since a benchmark of refusals would look fast.
 */
final class FrameSink implements SignalSink {
    private static final byte[] NO_BYTES = new byte[0];

    private final int partitions;
    private final FrameSet frames;
    private final FrameSet requests;
    private boolean hasRequest;
    private long requestHigh;
    private long requestLow;
    private int items;

    FrameSink(int partitions) {
        this.partitions = partitions;
        this.frames = new FrameSet(partitions);
        this.requests = new FrameSet(partitions);
    }

    /** One record on its way from bytes to frames. @return its items */
    int frame(Decoder decoder, Source source, byte[] value, long arrivalMs, FrameConsumer out) {
        frames.start(source, Map.of());
        requests.start(source, Map.of());
        items = 0;
        Optional<Rejected> refused = decoder.decode(value, this);
        if (refused.isPresent()) {
            throw new IllegalStateException("refused: " + refused.get());
        }
        frames.drain(0, arrivalMs, arrivalMs, out);
        requests.drain(0, arrivalMs, arrivalMs, out);
        return items;
    }

    @Override
    public int resource(byte[] bytes, int offset, int length) {
        requests.resource(bytes, offset, length);
        return frames.resource(bytes, offset, length);
    }

    @Override
    public int scope(byte[] bytes, int offset, int length) {
        requests.scope(bytes, offset, length);
        return frames.scope(bytes, offset, length);
    }

    @Override
    public void requestId(long high, long low) {
        hasRequest = true;
        requestHigh = high;
        requestLow = low;
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
        items++;
        boolean request = hasRequest;
        hasRequest = false;
        if (traceLow != 0) {
            int to = TraceId.partition(traceLow, partitions);
            frames.add(to, traceHigh, traceLow, spanId, parentOrHash, flags, resource, scope, bytes, offset, length);
            if (request) {
                int matcher = TraceId.partition(requestLow, partitions);
                requests.add(
                        matcher,
                        traceHigh,
                        traceLow,
                        requestHigh,
                        requestLow,
                        ItemFlags.ANNOUNCEMENT,
                        NONE,
                        NONE,
                        NO_BYTES,
                        0,
                        0);
            }
        } else if (request) {
            int to = TraceId.partition(requestLow, partitions);
            requests.add(
                    to, requestHigh, requestLow, spanId, parentOrHash, flags, resource, scope, bytes, offset, length);
        }
    }

    @Override
    public void reject(Rejected item) {
        throw new IllegalStateException("rejected: " + item);
    }

    @Override
    public void normalised(String kind, int count) {}

    @Override
    public void points(int count) {}
}
