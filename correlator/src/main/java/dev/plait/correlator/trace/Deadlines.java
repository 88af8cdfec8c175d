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

    /** The times, beside the traces: comparing mostly needs no more. */
    private long[] times = new long[16];

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
                times = Arrays.copyOf(times, 2 * size);
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
            if (!isBefore(open, parent)) {
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
                if (least < 0 ? !isBefore(open, child) : isBefore(child, least)) {
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
        times[slot] = open.dueMs;
        open.heapSlot = slot;
    }

    private boolean isBefore(int one, int other) {
        return times[one] != times[other] ? times[one] < times[other] : heap[one].entry.isBefore(heap[other].entry);
    }

    private boolean isBefore(OpenTrace one, int slot) {
        return one.dueMs != times[slot] ? one.dueMs < times[slot] : one.entry.isBefore(heap[slot].entry);
    }
}
