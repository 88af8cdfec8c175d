package dev.plait.ingest.receiver;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One connection that sends lines and hears nothing. It is read while there is room: a batch is delivered while the next one comes
 * in, and when that is full, too, the sender has to wait, as it has when the budget or a rate is used up. Whatever was read is
 * delivered, also when the connection ends. All methods run on its event loop.
 *
 * <p>Bytes are counted twice in the budget: once where they are gathered, once as the records that are made of them.
 */
final class LineConnection extends ChannelInboundHandlerAdapter {
    /** Delivered at once; less is when no more came for {@link #LINGER_MS}. */
    static final int BATCH_BYTES = 128 * 1024;

    private static final long LINGER_MS = 20;
    private static final long PAUSE_MS = 200;

    private final LineIntake lineIntake;
    private final Intake intake;
    private final LineBuffer lines;
    private final Budget.Lease lease;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** What was read and has no room yet. One read at most, or what one read is when it is decrypted. */
    private final ArrayDeque<byte[]> unleased = new ArrayDeque<>();

    private ChannelHandlerContext context;
    private boolean delivering;
    private boolean waiting;
    private boolean reading;
    private boolean closed;
    private int quietTicks;
    private int lineTicks;

    /** @throws Refusal when the budget has no room for another connection */
    LineConnection(LineIntake lineIntake) {
        this.lineIntake = lineIntake;
        this.intake = lineIntake.intake();
        this.lines = new LineBuffer(intake.limits().lineBytes());
        this.lease = intake.budget().lease();
    }

    /** Done when all is delivered that was read; never fails. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        intake.metrics().connected(1);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        after(intake.limits().requestTime().toMillis(), this::tick);
        read();
    }

    private void read() {
        if (!reading && !closed) {
            reading = true;
            context.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext active, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        unleased.add(ByteBufUtil.getBytes(buffer));
        buffer.release();
        quietTicks = 0;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext active) {
        reading = false;
        proceed();
    }

    /** Takes in what has come, delivers what is ready, reads on if there is room. */
    private void proceed() {
        if (!takeIn()) {
            waitFor(PAUSE_MS);
        } else if (closed) {
            deliver();
        } else if (lines.wholeBytes() >= BATCH_BYTES) {
            deliver();
            if (lines.wholeBytes() < BATCH_BYTES) {
                read();
            }
        } else {
            if (lines.wholeBytes() > 0 && !delivering) {
                waitFor(LINGER_MS);
            }
            read();
        }
    }

    /** False when the budget has no room. What is left when the connection has ended is taken in all the same. */
    private boolean takeIn() {
        while (!unleased.isEmpty()) {
            byte[] bytes = unleased.peek();
            try {
                lease.grow(2L * bytes.length);
            } catch (Refusal busy) {
                if (!closed) {
                    return false;
                }
            }
            unleased.remove();
            int before = lines.sizeBytes();
            int wholeBefore = lines.wholeBytes();
            long cutBefore = lines.cutLines();
            lines.append(bytes, bytes.length);
            lease.shrink(2L * (bytes.length - (lines.sizeBytes() - before)));
            intake.metrics().cut(lines.cutLines() - cutBefore);
            lineTicks = lines.wholeBytes() > wholeBefore ? 0 : lineTicks;
        }
        return true;
    }

    /** Goes on later, once, whatever is asked for in between. */
    private void waitFor(long ms) {
        if (!waiting) {
            waiting = true;
            after(ms, () -> {
                waiting = false;
                if (takeIn()) {
                    deliver();
                }
                if (!closed) {
                    proceed();
                }
            });
        }
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        int ready = closed ? lines.sizeBytes() : lines.wholeBytes();
        if (ready == 0) {
            if (closed) {
                lease.close();
                ended.complete(null);
            }
            return;
        }
        try {
            intake.rates().admit();
        } catch (Refusal above) {
            if (!closed) {
                waitFor(Math.max(1, above.answer().retryAfter().toMillis()));
                return;
            }
        }
        delivering = true;
        byte[] batch = closed ? lines.takeAll() : lines.takeLines();
        var unused = lineIntake
                .accept(batch)
                .whenComplete((done, never) -> context.executor().execute(() -> {
                    delivering = false;
                    lease.shrink(2L * batch.length);
                    proceed();
                }));
    }

    /**
     * A sender that stays silent, or does not end its line, is cut off; not one that is kept waiting, unless nothing is being
     * delivered that could make room: then lines that have not ended hold it all.
     */
    private void tick() {
        if (closed) {
            return;
        }
        boolean idle = reading && !waiting && !delivering;
        quietTicks = idle ? quietTicks + 1 : 0;
        boolean stuck = !unleased.isEmpty() && intake.delivery().isIdle();
        lineTicks = (idle || stuck) && lines.isInLine() ? lineTicks + 1 : 0;
        long tickMs = intake.limits().requestTime().toMillis();
        if (lineTicks > 1
                || quietTicks * tickMs > intake.limits().lineIdleTime().toMillis()) {
            var unused = context.close();
        } else {
            after(tickMs, this::tick);
        }
    }

    private void after(long ms, Runnable task) {
        var unused = context.executor().schedule(task, ms, TimeUnit.MILLISECONDS);
    }

    /** The last that is heard of a connection, however it ends. */
    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        closed = true;
        intake.metrics().connected(-1);
        proceed();
    }

    /** Broken TLS, or a peer that is gone. */
    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        var unused = failed.close();
    }
}
