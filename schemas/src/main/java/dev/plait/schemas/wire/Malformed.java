package dev.plait.schemas.wire;

/**
 * Bytes that are not what they claim to be. Thrown by the cursors of this package and always caught by the decoder that owns
 * the cursor, which turns it into a rejection: it is a jump, not an error report, so it carries no stack trace.
 */
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, as dead letters name it. */
    public enum Reason {
        TRUNCATED,
        WRONG_TYPE,
        WRONG_FORMAT,
        TOO_DEEP,
        TOO_MANY,
        BAD_UTF8
    }

    private final Reason reason;
    private final int atByte;

    public Malformed(Reason reason, String detail, int atByte) {
        super(detail, null, false, false);
        this.reason = reason;
        this.atByte = atByte;
    }

    public Reason reason() {
        return reason;
    }

    /** Offset in the array that was read. */
    public int atByte() {
        return atByte;
    }
}
