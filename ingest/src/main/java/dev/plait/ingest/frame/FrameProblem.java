package dev.plait.ingest.frame;

import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.wire.CorruptFrame;
import dev.plait.schemas.wire.Frame;
import java.util.Optional;

/**
 * What must hold for a frame that comes from outside the topology, so that it can do no harm there: its layout, its body, and
 * that its items are such as receivers write to this hop and belong to this partition. O(items), and decompresses the body.
 * Whether the index says what the slices say is not looked at: who may write to the topic is believed.
 */
public final class FrameProblem {
    private static final int SPAN_FLAGS = ItemFlags.span(5)
            | ItemFlags.span(2)
            | ItemFlags.ROOT
            | ItemFlags.ENDED
            | ItemFlags.ERROR
            | ItemFlags.TRUNCATED
            | ItemFlags.SHARED;
    private static final int LOG_FLAGS = ItemFlags.LOG | ItemFlags.ERROR | ItemFlags.ACCESS_LOG | ItemFlags.TRUNCATED;

    private FrameProblem() {}

    /** In words; empty when nothing is wrong. */
    public static Optional<String> of(byte[] bytes, Hop hop, int partition, int partitions) {
        Frame frame;
        try {
            frame = Frame.of(bytes);
            frame.body();
        } catch (CorruptFrame corrupt) {
            return Optional.of("not a frame as Plait's receivers write them: " + corrupt.getMessage());
        }
        for (int item = 0; item < frame.size(); item++) {
            if (!isExpected(frame, item, hop)) {
                return Optional.of("item " + item + " is none that receivers write to this topic");
            }
            int right = TraceId.partition(key(frame, item, hop), partitions);
            if (right != partition) {
                return Optional.of("item " + item + " belongs to partition " + right + " of " + partitions);
            }
        }
        return Optional.empty();
    }

    private static boolean isExpected(Frame frame, int item, Hop hop) {
        int flags = frame.flags(item);
        boolean log = ItemFlags.signal(flags) == ItemFlags.LOG && (flags & ~LOG_FLAGS) == 0;
        if (hop == Hop.REQUESTS) {
            boolean hasRequest = frame.traceHigh(item) != 0 || frame.traceLow(item) != 0;
            return flags == ItemFlags.ANNOUNCEMENT || log && (hasRequest || ItemFlags.has(flags, ItemFlags.ACCESS_LOG));
        }
        boolean span = ItemFlags.signal(flags) == ItemFlags.SPAN && (flags & ~SPAN_FLAGS) == 0;
        return (span || log) && frame.traceLow(item) != 0;
    }

    private static long key(Frame frame, int item, Hop hop) {
        if (hop == Hop.FRAMES) {
            return frame.traceLow(item);
        }
        return frame.flags(item) == ItemFlags.ANNOUNCEMENT
                ? frame.contentHash(item)
                : SignalRouter.matcherKey(frame.traceHigh(item), frame.traceLow(item), frame.contentHash(item));
    }
}
