package dev.plait.correlator.trace;

import dev.plait.schemas.model.FrameItems;
import dev.plait.schemas.model.ItemFlags;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A frame of hand-made pieces. */
record TestFrame(long arrivalMs, List<Piece> pieces) implements FrameItems {
    TestFrame {
        pieces = List.copyOf(pieces);
    }

    /** As it is stored: the bytes of some items left out. */
    TestFrame without(BitSet items) {
        List<Piece> stored = new ArrayList<>(pieces);
        items.stream().forEach(i -> stored.set(i, pieces.get(i).size(0).with(ItemFlags.TRUNCATED)));
        return new TestFrame(arrivalMs, stored);
    }

    @Override
    public int size() {
        return pieces.size();
    }

    @Override
    public long traceHigh(int item) {
        return pieces.get(item).high();
    }

    @Override
    public long traceLow(int item) {
        return pieces.get(item).low();
    }

    @Override
    public long spanId(int item) {
        return pieces.get(item).spanId();
    }

    @Override
    public long parentSpanId(int item) {
        return pieces.get(item).parentId();
    }

    @Override
    public long contentHash(int item) {
        return pieces.get(item).hash();
    }

    @Override
    public int flags(int item) {
        return pieces.get(item).flags();
    }

    @Override
    public int sizeBytes(int item) {
        return pieces.get(item).sizeBytes();
    }
}
