package dev.plait.schemas.wire;

/**
 * Who sent a frame or a delta: what the reader keeps a watermark for. Each stage of the topology has one task per partition
 * of what it reads, and what it sends names its task by {@link #code}.
 *
 * @param partition of the stage's input, 0 to {@link #MAX_PARTITION}
 */
public record Sender(Stage stage, int partition) {
    /** The largest partition number that a code can hold. */
    public static final int MAX_PARTITION = (1 << 29) - 1;

    private static final Stage[] STAGES = Stage.values();

    /** Which step of the flow a task belongs to. */
    public enum Stage {
        DECODE(0),
        MATCH(1),
        ASSEMBLE(2),
        /** Receivers that wrote frames to one partition of a source; not a task, but its topic's order is a clock all the same. */
        RECEIVE(3);

        private final int bit;

        Stage(int bit) {
            this.bit = bit;
        }
    }

    public Sender {
        if (partition < 0 || partition > MAX_PARTITION) {
            throw new IllegalArgumentException("a sender's partition is 0 to " + MAX_PARTITION + ", not " + partition);
        }
    }

    /** Never negative; different for different senders. */
    public int code() {
        return partition << 2 | stage.bit;
    }

    /** The sender of a code. @throws IllegalArgumentException on a number that {@link #code} does not give */
    public static Sender ofCode(int code) {
        if (code < 0) {
            throw new IllegalArgumentException("no sender has code " + code);
        }
        return new Sender(STAGES[code & 3], code >>> 2);
    }
}
