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
        Lease lease = new Lease(this);
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
        private long bytes;
        private boolean closed;

        private Lease(Budget budget) {
            this.budget = budget;
        }

        /** @throws Refusal when the budget does not have so much left */
        synchronized void grow(long more) {
            if (closed) {
                throw new Refusal(Kind.UNAVAILABLE, "the request has ended");
            }
            if (budget.heldBytes.addAndGet(more) > budget.limitBytes) {
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
