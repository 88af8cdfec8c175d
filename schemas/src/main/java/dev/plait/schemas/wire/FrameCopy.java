package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.FrameLayout.NO_ORIGIN;

import dev.plait.schemas.model.ItemFlags;
import java.util.BitSet;

/**
 * Writes a frame again with some of its bytes left out: a resource or scope goes with the last of its items, and what origins
 * shared they share again, so that the copy's body is never the larger one. For one use.
 */
final class FrameCopy {
    private final Frame frame;
    private final FrameChunk chunk = new FrameChunk();
    private final SliceTable slices = new SliceTable();
    private int lastOrigin = NO_ORIGIN;
    private int lastNumber = NO_ORIGIN;
    private int resource = -1;
    private int scope = -1;

    FrameCopy(Frame frame) {
        this.frame = frame;
    }

    byte[] without(BitSet dropped) {
        for (int item = 0; item < frame.size(); item++) {
            boolean drop = dropped.get(item);
            chunk.add(
                    frame.traceHigh(item),
                    frame.traceLow(item),
                    frame.spanId(item),
                    frame.parentSpanId(item),
                    drop ? frame.flags(item) | ItemFlags.TRUNCATED : frame.flags(item),
                    frame.sizeBytes(item),
                    drop ? NO_ORIGIN : origin(item),
                    frame.body(),
                    frame.offset(item),
                    drop ? 0 : frame.length(item));
        }
        return chunk.seal(
                frame.sender(),
                frame.watermarkMs(),
                frame.arrivalMs(),
                frame.source(),
                frame.tagBytes(),
                new BodyCodec());
    }

    /** Origins are in the order of their items, so only the one before can be the same. */
    private int origin(int item) {
        int origin = frame.originNumber(item);
        if (origin == NO_ORIGIN || origin == lastOrigin) {
            return origin == NO_ORIGIN ? NO_ORIGIN : lastNumber;
        }
        resource = slice(resource, frame.resourceOffset(item), frame.resourceLength(item));
        scope = slice(scope, frame.scopeOffset(item), frame.scopeLength(item));
        lastNumber = chunk.origin(resource, scope, slices);
        lastOrigin = origin;
        return lastNumber;
    }

    /** The number of a slice of the body: {@code last} when it is the same one. */
    private int slice(int last, int offset, int length) {
        boolean same = last >= 0 && offset == slices.offset(last) && length == slices.length(last);
        return same ? last : slices.add(frame.body(), offset, length);
    }
}
