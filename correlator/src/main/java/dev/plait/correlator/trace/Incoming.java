package dev.plait.correlator.trace;

import dev.plait.schemas.model.FrameItems;
import java.util.BitSet;

/** A frame that is being added. {@code unkept} collects the items whose bytes are not needed. */
record Incoming(long sequence, FrameItems frame, BitSet unkept) {
    static Incoming of(long sequence, FrameItems frame) {
        return new Incoming(sequence, frame, new BitSet());
    }

    long arrivalMs() {
        return frame.arrivalMs();
    }

    long place(int item) {
        return ClosedTrace.place(sequence, item);
    }
}
