package dev.plait.topology;

import dev.plait.schemas.wire.Frame;
import dev.plait.schemas.wire.Sender;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Forwards frames and ticks of one task, each under the key of its target partition. */
final class FrameSender {
    private final ProcessorContext<byte[], Routed> context;
    private final int partitions;
    private final int code;

    FrameSender(ProcessorContext<byte[], Routed> context, Sender.Stage stage, int partitions) {
        this.context = context;
        this.partitions = partitions;
        this.code = new Sender(stage, context.taskId().partition()).code();
    }

    /** The sender that this task's frames name. */
    int code() {
        return code;
    }

    void send(int partition, Routed frame, long timestampMs) {
        context.forward(new Record<>(PartitionKey.of(partition), frame, timestampMs));
    }

    /** Tells every partition how far this task is, or that it is idle. */
    void tick(boolean idle, long watermarkMs, long timestampMs, Function<byte[], Routed> hop) {
        byte[] tick = Frame.tick(code, idle ? Frame.IDLE : watermarkMs);
        for (int partition = 0; partition < partitions; partition++) {
            send(partition, hop.apply(tick), timestampMs);
        }
    }
}
