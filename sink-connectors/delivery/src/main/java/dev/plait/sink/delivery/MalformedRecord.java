package dev.plait.sink.delivery;

/** A record is not what its topic holds; the message names the field. The record is refused, and no other. */
public final class MalformedRecord extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedRecord(String message) {
        super(message, null, false, false);
    }
}
