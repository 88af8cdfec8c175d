package dev.plait.correlator.trace;

import java.util.Arrays;

/**
 * The waiting traces by (deadline, trace ID): a heap of four children a node. A deadline that moves later is not moved here:
 * the time in the heap is a lower bound, and is put right when it comes up. So an appended piece mostly costs nothing;
 * O(log n) otherwise.
 */
final class Deadlines {
    private static final int FANOUT = 4;

    private OpenTrace[] heap = new OpenTrace[16];
    private int size;

    int size() {
        return size;
    }

    /** The first, by what the heap knows; null when there is none. */
    OpenTrace first() {
        return size == 0 ? null : heap[0];
    }

    /** Adds a trace, or moves it if it is due earlier than known. */
    void expect(OpenTrace open, long dueMs) {
        if (open.heapSlot < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            open.dueMs = dueMs;
            siftUp(size++, open);
        } else if (dueMs < open.dueMs) {
            open.dueMs = dueMs;
            siftUp(open.heapSlot, open);
        }
    }

    /** Puts right the time of the first. */
    void postponeFirst(long dueMs) {
        OpenTrace open = heap[0];
        open.dueMs = dueMs;
        siftDown(0, open);
    }

    /** Takes a trace out, if it is in. */
    void remove(OpenTrace open) {
        int slot = open.heapSlot;
        if (slot < 0) {
            return;
        }
        open.heapSlot = -1;
        OpenTrace last = heap[--size];
        heap[size] = null;
        if (last != open) {
            siftDown(slot, last);
            siftUp(last.heapSlot, last);
        }
    }

    private void siftUp(int from, OpenTrace open) {
        int slot = from;
        while (slot > 0) {
            int parent = (slot - 1) / FANOUT;
            if (!isBefore(open, heap[parent])) {
                break;
            }
            place(slot, heap[parent]);
            slot = parent;
        }
        place(slot, open);
    }

    private void siftDown(int from, OpenTrace open) {
        int slot = from;
        while (true) {
            int least = -1;
            int end = (int) Math.min((long) FANOUT * slot + FANOUT + 1, size);
            for (int child = FANOUT * slot + 1; child < end; child++) {
                if (isBefore(heap[child], least < 0 ? open : heap[least])) {
                    least = child;
                }
            }
            if (least < 0) {
                break;
            }
            place(slot, heap[least]);
            slot = least;
        }
        place(slot, open);
    }

    private void place(int slot, OpenTrace open) {
        heap[slot] = open;
        open.heapSlot = slot;
    }

    private static boolean isBefore(OpenTrace one, OpenTrace other) {
        return one.dueMs != other.dueMs ? one.dueMs < other.dueMs : one.entry.isBefore(other.entry);
    }
}
