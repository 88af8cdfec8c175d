package dev.plait.ingest.frame;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.CorruptFrame;
import dev.plait.schemas.wire.Frame;
import java.util.Optional;

/**
 * Frames of receivers back into the items that made them, for who looks at a topic of them; the topology takes them as they
 * are. Announcements are left out, and a frame without items, by which receivers only say that they are there, is EMPTY.
 */
public final class FrameDecoder implements Decoder {
    private final Hop hop;

    public FrameDecoder(Hop hop) {
        this.hop = hop;
    }

    @Override
    public Optional<Rejected> decode(byte[] value, SignalSink sink) {
        Frame frame;
        try {
            frame = Frame.of(value);
            frame.body();
        } catch (CorruptFrame corrupt) {
            return Optional.of(Rejected.record(Reason.WRONG_FORMAT, corrupt.getMessage(), -1));
        }
        if (frame.size() == 0) {
            return Optional.of(Rejected.record(Reason.EMPTY, "a frame without items", -1));
        }
        Origins origins = new Origins(frame, sink);
        for (int item = 0; item < frame.size(); item++) {
            if (ItemFlags.signal(frame.flags(item)) != ItemFlags.ANNOUNCEMENT) {
                item(frame, item, origins, sink);
            }
        }
        return Optional.empty();
    }

    private void item(Frame frame, int item, Origins origins, SignalSink sink) {
        boolean traced = hop == Hop.FRAMES;
        int resource = origins.resource(item);
        int scope = origins.scope(item);
        if (!traced && (frame.traceHigh(item) != 0 || frame.traceLow(item) != 0)) {
            sink.requestId(frame.traceHigh(item), frame.traceLow(item));
        }
        sink.item(
                traced ? frame.traceHigh(item) : 0,
                traced ? frame.traceLow(item) : 0,
                frame.spanId(item),
                frame.contentHash(item),
                frame.flags(item),
                resource,
                scope,
                frame.body(),
                frame.offset(item),
                frame.length(item));
    }

    /** Gives the sink each resource and scope once for a run of items that share it. */
    private static final class Origins {
        private final Frame frame;
        private final SignalSink sink;
        private int resourceAt = -1;
        private int resource = SignalSink.NONE;
        private int scopeAt = -1;
        private int scope = SignalSink.NONE;

        Origins(Frame frame, SignalSink sink) {
            this.frame = frame;
            this.sink = sink;
        }

        int resource(int item) {
            int length = frame.resourceLength(item);
            if (length > 0 && frame.resourceOffset(item) != resourceAt) {
                resourceAt = frame.resourceOffset(item);
                resource = sink.resource(frame.body(), resourceAt, length);
            }
            return length == 0 ? SignalSink.NONE : resource;
        }

        int scope(int item) {
            int length = frame.scopeLength(item);
            if (length > 0 && frame.scopeOffset(item) != scopeAt) {
                scopeAt = frame.scopeOffset(item);
                scope = sink.scope(frame.body(), scopeAt, length);
            }
            return length == 0 ? SignalSink.NONE : scope;
        }
    }
}
