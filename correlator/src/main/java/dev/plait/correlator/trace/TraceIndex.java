package dev.plait.correlator.trace;

/**
 * Traces by the low half of their ID; those that share it are chained. Open addressing with linear probing, 12 to 16 bytes a
 * slot, at most two thirds full; O(1), no boxing. Low halves are never 0.
 */
final class TraceIndex {
    private long[] lows = new long[64];
    private TraceEntry[] chains = new TraceEntry[64];
    private int used;
    private int size;

    /** The first trace of a low half, or null. */
    TraceEntry chain(long low) {
        return chains[slot(low)];
    }

    /** Traces in it. */
    int size() {
        return size;
    }

    void add(TraceEntry entry) {
        int slot = slot(entry.low);
        if (chains[slot] == null) {
            if (3 * (used + 1) > 2 * lows.length) {
                grow();
                slot = slot(entry.low);
            }
            lows[slot] = entry.low;
            used++;
        }
        entry.next = chains[slot];
        chains[slot] = entry;
        size++;
    }

    /** @throws IllegalStateException when it is not in */
    void remove(TraceEntry entry) {
        int slot = slot(entry.low);
        TraceEntry before = null;
        TraceEntry each = chains[slot];
        while (each != entry) {
            if (each == null) {
                throw new IllegalStateException("not in the index: " + entry.id());
            }
            before = each;
            each = each.next;
        }
        size--;
        if (before != null) {
            before.next = entry.next;
        } else if (entry.next != null) {
            chains[slot] = entry.next;
        } else {
            removeAt(slot);
        }
        entry.next = null;
    }

    private int slot(long low) {
        int mask = lows.length - 1;
        int slot = home(low, mask);
        while (chains[slot] != null && lows[slot] != low) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void removeAt(int slot) {
        int mask = lows.length - 1;
        int hole = slot;
        for (int next = hole + 1 & mask; chains[next] != null; next = next + 1 & mask) {
            // a chain may move back into the hole unless its home lies after it
            if ((next - home(lows[next], mask) & mask) >= (next - hole & mask)) {
                lows[hole] = lows[next];
                chains[hole] = chains[next];
                hole = next;
            }
        }
        chains[hole] = null;
        used--;
    }

    private void grow() {
        long[] oldLows = lows;
        TraceEntry[] oldChains = chains;
        lows = new long[2 * oldLows.length];
        chains = new TraceEntry[lows.length];
        for (int i = 0; i < oldChains.length; i++) {
            if (oldChains[i] != null) {
                int slot = slot(oldLows[i]);
                lows[slot] = oldLows[i];
                chains[slot] = oldChains[i];
            }
        }
    }

    private static int home(long low, int mask) {
        // the low bits of an ID choose its partition, and not all IDs are random in them
        return (int) ((low ^ low >>> 32) * 0xD6E8FEB86659FD93L >>> 32) & mask;
    }
}
