package dev.plait.ingest.receiver;

import java.util.Arrays;

/**
 * The bytes of a connection that are not delivered yet: whole lines, and the beginning of one ({@link LineEnd}
 * tells where they end; each gets a line feed). A line above the limit is cut there, and what follows of it is passed over. Not
 * thread safe.
 */
final class LineBuffer {
    private static final byte[] EMPTY = new byte[0];

    private final int lineBytes;
    private final LineEnd lineEnd = new LineEnd();
    private byte[] bytes = EMPTY;
    private int size;
    private int whole;
    private boolean skipping;
    private long cut;

    LineBuffer(int lineBytes) {
        this.lineBytes = lineBytes;
    }

    /** Bytes of whole lines, line feeds included. */
    int wholeBytes() {
        return whole;
    }

    /** All bytes. */
    int sizeBytes() {
        return size;
    }

    /** Whether a line has begun and not ended. */
    boolean isInLine() {
        return size > whole || skipping;
    }

    /** How many lines were cut so far. */
    long cutLines() {
        return cut;
    }

    void append(byte[] source, int length) {
        int from = 0;
        while (from < length) {
            int last = lineEnd.find(source, from, length);
            boolean ended = last >= 0;
            int next = ended ? last + 1 : length;
            if (skipping) {
                skipping = !ended;
            } else {
                piece(source, from, ended && source[last] == '\n' ? last : next, ended);
            }
            from = next;
        }
    }

    private void piece(byte[] source, int from, int to, boolean ended) {
        if (from == to && size == whole) {
            return; // an empty line, such as the line feed behind an object
        }
        int room = lineBytes - (size - whole);
        boolean tooLong = to - from > room;
        int length = Math.min(to - from, room);
        reserve(length + 1);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
        if (ended || tooLong) {
            bytes[size++] = '\n';
            whole = size;
        }
        if (tooLong) {
            cut++;
            skipping = !ended;
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    /** Takes the whole lines out. */
    byte[] takeLines() {
        return take(whole);
    }

    /** Takes all out; no more will come. */
    byte[] takeAll() {
        return take(size);
    }

    private byte[] take(int length) {
        byte[] taken = Arrays.copyOf(bytes, length);
        bytes = Arrays.copyOfRange(bytes, length, size);
        size -= length;
        whole = 0;
        return taken;
    }
}
