package dev.plait.ingest.otlp;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import java.util.Arrays;
import java.util.Optional;

/**
 * The resource or the scope of the items being scanned: one slice, as a message given twice is the merge of both and protobuf
 * merges by concatenation. Handed to the sink when its first item is.
 */
final class SharedSlice {
    private static final int NOT_GIVEN = -2;

    private byte[] bytes = new byte[0];
    private int offset;
    private int length;
    private byte[] shown = new byte[0];
    private int shownOffset;
    private boolean present;
    private Optional<Reason> fault = Optional.empty();
    private boolean hashed;
    private long hash;
    private boolean identified;
    private long identity;
    private int handle = NOT_GIVEN;

    void clear() {
        present = false;
        fault = Optional.empty();
        hashed = false;
        identified = false;
        length = 0;
        handle = NOT_GIVEN;
    }

    /** @param wrong what spoils it and the items under it, if anything */
    void add(byte[] in, int at, int size, Optional<Reason> wrong) {
        fault = fault.or(() -> wrong);
        if (!present) {
            bytes = in;
            offset = at;
            length = size;
        } else {
            byte[] merged = Arrays.copyOf(Arrays.copyOfRange(bytes, offset, offset + length), length + size);
            System.arraycopy(in, at, merged, length, size);
            bytes = merged;
            offset = 0;
            length = merged.length;
        }
        present = true;
    }

    Optional<Reason> fault() {
        return fault;
    }

    /** Content hash; of no bytes when absent. */
    long hash() {
        if (!hashed) {
            hash = ContentHash.of(bytes, offset, length, 0);
            hashed = true;
        }
        return hash;
    }

    /** What {@link IdentityHash#message} says of it, always asked with the same field of attributes. 0 when absent. */
    long identity(IdentityHash hashes, int attributes) {
        if (!identified) {
            identity = hashes.message(bytes, offset, length, attributes);
            identified = true;
        }
        return identity;
    }

    boolean isHandedOver() {
        return handle != NOT_GIVEN;
    }

    /** Covers its secrets for whoever it is handed to next; hashes are of what came. */
    SliceMask cover(MessageType type, SliceMask mask) {
        mask.start(bytes, offset, length).message(type, offset, length);
        if (mask.secrets() > 0) {
            shown = Arrays.copyOf(mask.masked(), length);
            shownOffset = 0;
        } else {
            shown = bytes;
            shownOffset = offset;
        }
        return mask;
    }

    int resource(SignalSink sink) {
        if (handle == NOT_GIVEN) {
            handle = present ? sink.resource(shown, shownOffset, length) : SignalSink.NONE;
        }
        return handle;
    }

    int scope(SignalSink sink) {
        if (handle == NOT_GIVEN) {
            handle = present ? sink.scope(shown, shownOffset, length) : SignalSink.NONE;
        }
        return handle;
    }
}
