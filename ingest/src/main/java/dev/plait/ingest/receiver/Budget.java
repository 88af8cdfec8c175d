package dev.plait.ingest.receiver;

import dev.plait.ingest.receiver.Answer.Kind;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all requests in flight may hold together. Thread safe. */
final class Budget {
    /** What a request costs besides its bytes: headers, buffers, futures. Bounds the number of requests, too. */
    static final int REQUEST_BYTES = 4 * 1024;

    private final long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    Budget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** For one request. @throws Refusal when there is no room for another */
    Lease lease() {
        return overdrawn(0);
    }

    /**
     * For who holds a share already and cannot give it back before this one is granted: it may go above the limit by {@code
     * moreBytes}, all such leases together. If it might not, those who wait for it could hold all there is.
     */
    Lease overdrawn(long moreBytes) {
        Lease lease = new Lease(this, limitBytes + moreBytes);
        lease.grow(REQUEST_BYTES);
        return lease;
    }

    long limitBytes() {
        return limitBytes;
    }

    long heldBytes() {
        return heldBytes.get();
    }

    /** One request's share. Grown by the thread that has the request; closed by any, once or more. */
    static final class Lease implements AutoCloseable {
        private final Budget budget;
        private final long limitBytes;
        private long bytes;
        private boolean closed;

        private Lease(Budget budget, long limitBytes) {
            this.budget = budget;
            this.limitBytes = limitBytes;
        }

        /** @throws Refusal when the budget does not have so much left */
        synchronized void grow(long more) {
            if (closed) {
                throw new Refusal(Kind.UNAVAILABLE, "the request has ended");
            }
            if (budget.heldBytes.addAndGet(more) > limitBytes) {
                budget.heldBytes.addAndGet(-more);
                throw new Refusal(Kind.BUSY, "too many bytes in flight, send again later");
            }
            bytes += more;
        }

        synchronized void shrink(long less) {
            if (!closed) {
                bytes -= less;
                budget.heldBytes.addAndGet(-less);
            }
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                budget.heldBytes.addAndGet(-bytes);
            }
        }
    }
}
