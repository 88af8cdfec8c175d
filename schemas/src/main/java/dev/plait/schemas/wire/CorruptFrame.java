package dev.plait.schemas.wire;

/**
 * Bytes that break a frame's layout. From a topic that only the topology writes it is a bug, and stops it; from one that
 * others can write to it is one bad record.
 */
public final class CorruptFrame extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    CorruptFrame(String what) {
        super("corrupt frame: " + what);
    }

    CorruptFrame(String what, Throwable cause) {
        super("corrupt frame: " + what, cause);
    }
}
