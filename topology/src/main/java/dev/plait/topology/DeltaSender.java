package dev.plait.topology;

import dev.plait.correlator.trace.Watermarks;
import dev.plait.schemas.wire.Sender;

/** Sends deltas and ticks of one task to the window tasks, each to the partition that keeps what it counts. */
final class DeltaSender {
    private final int code;
    private final int partitions;
    private final Out out;

    DeltaSender(Sender.Stage stage, int task, int partitions, Out out) {
        this.code = new Sender(stage, task).code();
        this.partitions = partitions;
        this.out = out;
    }

    /** Hands a record to the hop. */
    @FunctionalInterface
    interface Out {
        void send(int partition, byte[] bytes, long timestampMs);
    }

    /** Sends what was counted of records that arrived at a time, and empties {@code counted}. */
    void send(DeltaSet counted, long watermarkMs, long arrivalMs) {
        counted.drain((content, partition) -> out.send(
                partition, Delta.bytes(code, Math.max(0, watermarkMs), arrivalMs, content), Math.max(0, arrivalMs)));
    }

    /** Tells every window task how far this task is, or that it is idle. */
    void tick(boolean idle, long watermarkMs) {
        byte[] tick = Delta.tick(code, idle ? Watermarks.IDLE : watermarkMs);
        for (int partition = 0; partition < partitions; partition++) {
            out.send(partition, tick, Math.max(0, watermarkMs));
        }
    }
}
