package dev.plait.correlator.trace;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * How many traces need a frame (or a sweep of markers), by its number. What falls to zero is a candidate to be freed, and is
 * freed at the next {@link #drain} if it still is zero then: a count may touch zero on its way to another holder. Open
 * addressing with linear probing, 12 bytes a slot, at most three quarters full; O(1). Numbers are not negative.
 */
final class RefCounts {
    private static final long EMPTY = -1;

    private long[] keys = new long[16];
    private int[] counts = new int[16];
    private int size;
    private int lastSlot;
    private long[] zeros = new long[16];
    private int zeroCount;

    RefCounts() {
        Arrays.fill(keys, EMPTY);
    }

    void add(long key) {
        if (keys[lastSlot] != key) {
            lastSlot = claim(key); // most adds are of the frame that is being appended
        }
        counts[lastSlot]++;
    }

    /** @throws IllegalStateException when nothing holds it */
    void drop(long key) {
        int slot = find(key);
        if (keys[slot] != key || counts[slot] == 0) {
            throw new IllegalStateException("dropped more often than added: " + key);
        }
        if (--counts[slot] == 0) {
            candidate(key);
        }
    }

    /** Makes known that it exists; if nothing is added, it is freed at the next drain. */
    void touch(long key) {
        int slot = claim(key);
        if (counts[slot] == 0) {
            candidate(key);
        }
    }

    boolean held(long key) {
        int slot = find(key);
        return keys[slot] == key && counts[slot] > 0;
    }

    /** Numbers known, freed ones not among them. */
    int size() {
        return size;
    }

    /** Forgets and reports every number that nothing holds, each once. */
    void drain(LongConsumer freed) {
        for (int i = 0; i < zeroCount; i++) {
            int slot = find(zeros[i]);
            if (keys[slot] == zeros[i] && counts[slot] == 0) {
                removeAt(slot);
                freed.accept(zeros[i]);
            }
        }
        zeroCount = 0;
    }

    private void candidate(long key) {
        if (zeroCount == zeros.length) {
            zeros = Arrays.copyOf(zeros, 2 * zeroCount);
        }
        zeros[zeroCount++] = key;
    }

    private int claim(long key) {
        int slot = find(key);
        if (keys[slot] != key) {
            if (4 * (size + 1) > 3 * keys.length) {
                grow();
                slot = find(key);
            }
            keys[slot] = key;
            size++;
        }
        return slot;
    }

    /** The slot of a key, or the empty one where it would go. */
    private int find(long key) {
        int mask = keys.length - 1;
        int slot = home(key, mask);
        while (keys[slot] != key && keys[slot] != EMPTY) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void removeAt(int slot) {
        int mask = keys.length - 1;
        int hole = slot;
        for (int next = hole + 1 & mask; keys[next] != EMPTY; next = next + 1 & mask) {
            // a key may move back into the hole unless its home lies after it
            if ((next - home(keys[next], mask) & mask) >= (next - hole & mask)) {
                keys[hole] = keys[next];
                counts[hole] = counts[next];
                hole = next;
            }
        }
        keys[hole] = EMPTY;
        counts[hole] = 0;
        size--;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new long[2 * oldKeys.length];
        counts = new int[keys.length];
        Arrays.fill(keys, EMPTY);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                int slot = find(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
            }
        }
    }

    private static int home(long key, int mask) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
    }
}
