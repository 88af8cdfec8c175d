package dev.plait.ingest.receiver;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Counts the items of one request that a decoder refuses, and keeps what it says of the first ones. Not thread safe. */
final class RefusedItems implements SignalSink {
    private static final int MOST_TOLD = 3;

    private final List<String> first = new ArrayList<>(MOST_TOLD);
    private final BitSet numbers = new BitSet();
    private long count;

    void clear() {
        numbers.clear();
        first.clear();
        count = 0;
    }

    long count() {
        return count;
    }

    /** Refused too, but nothing more is known of them. */
    void untold(int items) {
        count += items;
    }

    /** Which they are, by their numbers in the request. */
    BitSet numbers() {
        return numbers;
    }

    static String words(Rejected refused) {
        return refused.reason() + ": " + refused.detail();
    }

    @Override
    public void reject(Rejected item) {
        if (item.reason().isIgnored()) {
            return;
        }
        count++;
        if (item.item() >= 0) {
            numbers.set(item.item());
        }
        if (first.size() < MOST_TOLD) {
            first.add("item " + item.item() + ": " + words(item));
        }
    }

    /** For people. */
    @Override
    public String toString() {
        String told = String.join("; ", first);
        return count > first.size() ? told + "; and " + (count - first.size()) + " more" : told;
    }
}
