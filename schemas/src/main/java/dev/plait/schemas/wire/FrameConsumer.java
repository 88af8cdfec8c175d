package dev.plait.schemas.wire;

/** Takes the frames of one input record, in order of partition. */
@FunctionalInterface
public interface FrameConsumer {
    /** {@code frame} is the consumer's own: nobody writes to it again. */
    void accept(int partition, byte[] frame);
}
