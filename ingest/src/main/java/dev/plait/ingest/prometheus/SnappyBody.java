package dev.plait.ingest.prometheus;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import java.io.IOException;
import org.xerial.snappy.Snappy;

/**
 * A body in Snappy's block format, opened. What it promises is judged before a byte of it is allocated: no block grows by more
 * than {@link #MAX_RATIO}. Source: Snappy format description (a length, then literals and copies; a copy of three bytes gives
 * 64 at most).
 */
public final class SnappyBody {
    private static final int MAX_RATIO = 22;

    private SnappyBody() {}

    /** How large the content will be. @throws Refused when it is no block, or promises more than {@code limitBytes} */
    public static int sizeBytes(byte[] block, int limitBytes) throws Refused {
        long promised = promised(block);
        if (promised > limitBytes) {
            throw new Refused(Reason.DECOMPRESS_LIMIT, "a body of more than " + limitBytes + " bytes");
        }
        if (promised > (long) block.length * MAX_RATIO) {
            throw new Refused(Reason.WRONG_FORMAT, "not a whole Snappy block: it promises more than it can hold");
        }
        return (int) promised;
    }

    /** The content. @throws Refused when it is no whole block, or promises more than {@code limitBytes} */
    public static byte[] open(byte[] block, int limitBytes) throws Refused {
        var unused = sizeBytes(block, limitBytes);
        try {
            return Snappy.uncompress(block);
        } catch (IOException | IllegalArgumentException broken) {
            throw new Refused(Reason.WRONG_FORMAT, "not a whole Snappy block, in which remote write sends its bodies");
        }
    }

    private static long promised(byte[] block) throws Refused {
        try {
            return new ProtoReader().reset(block, 0, Math.min(block.length, 5)).varint() & 0xffffffffL;
        } catch (Malformed noLength) {
            throw new Refused(Reason.WRONG_FORMAT, "not a Snappy block, in which remote write sends its bodies");
        }
    }

    /** Why a body is not opened. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        Refused(Reason reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
        }

        public Rejected rejected() {
            return Rejected.record(reason, getMessage(), 0);
        }
    }
}
