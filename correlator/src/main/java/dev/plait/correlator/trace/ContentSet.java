package dev.plait.correlator.trace;

/**
 * The logs and exemplars of one trace that were seen, by {@link PieceHashes#ofContent}. Open addressing, 8 bytes a slot, at
 * most three quarters full. Numbers are never 0, since their lowest bit is set.
 */
final class ContentSet {
    private static final int LIMIT = 1 << 21;

    private long[] slots = new long[4];
    private int size;

    boolean has(long hash) {
        return slots[slot(hash)] == hash;
    }

    /** Remembers one; past the limit nothing is remembered. */
    void add(long hash) {
        int slot = slot(hash);
        if (slots[slot] == hash || size == LIMIT) {
            return;
        }
        slots[slot] = hash;
        if (4 * ++size > 3 * slots.length) {
            long[] old = slots;
            slots = new long[2 * old.length];
            for (long each : old) {
                if (each != 0) {
                    slots[slot(each)] = each;
                }
            }
        }
    }

    int size() {
        return size;
    }

    /** Writes all from a place on; returns the place after the last. */
    int hashes(long[] into, int from) {
        int at = from;
        for (long each : slots) {
            if (each != 0) {
                into[at++] = each;
            }
        }
        return at;
    }

    private int slot(long hash) {
        int mask = slots.length - 1;
        int slot = (int) (hash >>> 32) & mask;
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
