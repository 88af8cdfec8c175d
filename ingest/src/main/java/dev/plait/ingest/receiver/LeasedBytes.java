package dev.plait.ingest.receiver;

import dev.plait.ingest.receiver.Answer.Kind;
import java.util.Arrays;

/**
 * Bytes that grow as they come, within a limit and within the budget: a client holds no more memory than it has sent, or
 * than its bytes have been decompressed to, times 1.5. Not thread safe.
 */
final class LeasedBytes {
    private static final int FIRST_BYTES = 4 * 1024;

    private final Budget.Lease lease;
    private final int limitBytes;
    private byte[] bytes = new byte[0];
    private int size;

    LeasedBytes(Budget.Lease lease, int limitBytes) {
        this.lease = lease;
        this.limitBytes = limitBytes;
    }

    /** @throws Refusal above the limit, or when the budget is used up */
    void append(byte[] source, int length) {
        if (length > limitBytes - size) {
            throw new Refusal(Kind.TOO_LARGE, "larger than " + limitBytes + " bytes");
        }
        int needed = size + length;
        if (needed > bytes.length) {
            int capacity = (int) Math.min(limitBytes, Math.max(needed + FIRST_BYTES, (long) bytes.length * 3 / 2));
            lease.grow(capacity - bytes.length);
            bytes = Arrays.copyOf(bytes, capacity);
        }
        System.arraycopy(source, 0, bytes, size, length);
        size += length;
    }

    /** Exactly what was appended; the lease is cut to it. Ends this object's use. */
    byte[] take() {
        byte[] all = bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
        lease.shrink(bytes.length - (long) size);
        bytes = new byte[0];
        return all;
    }
}
