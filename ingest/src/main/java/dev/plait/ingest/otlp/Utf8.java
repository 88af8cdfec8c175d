package dev.plait.ingest.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are UTF-8, without decoding them. As strict as protobuf and RFC 3629: no overlong forms, no surrogates, nothing
 * above U+10FFFF. Hot path: ASCII, nearly all of telemetry, is looked at eight bytes at a time.
 */
final class Utf8 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    static boolean isValid(byte[] bytes, int offset, int end) {
        return isAscii(bytes, offset, end) || invalidAt(bytes, offset, end) < 0;
    }

    /** The last words overlap those before them, so that no odd bytes are left. */
    static boolean isAscii(byte[] bytes, int offset, int end) {
        long seen = 0;
        if (end - offset >= 16) {
            for (int at = offset; end - at > 16; at += 16) {
                seen |= (long) LONG.get(bytes, at) | (long) LONG.get(bytes, at + 8);
            }
            seen |= (long) LONG.get(bytes, end - 16) | (long) LONG.get(bytes, end - 8);
        } else if (end - offset >= 8) {
            seen = (long) LONG.get(bytes, offset) | (long) LONG.get(bytes, end - 8);
        } else {
            for (int at = offset; at < end; at++) {
                seen |= bytes[at];
            }
        }
        return (seen & HIGH_BITS) == 0;
    }

    /** Where the first sequence begins that is not UTF-8, or -1. Source: Unicode standard, table 3-7. */
    static int invalidAt(byte[] bytes, int offset, int end) {
        int at = offset;
        while (at < end) {
            int lead = bytes[at] & 0xff;
            int more = continuations(lead);
            if (more < 0 || end - at <= more) {
                return at;
            }
            if (more > 0 && !isSecond(lead, bytes[at + 1] & 0xff)) {
                return at;
            }
            for (int i = 2; i <= more; i++) {
                if ((bytes[at + i] & 0xc0) != 0x80) {
                    return at;
                }
            }
            at += more + 1;
        }
        return -1;
    }

    private static int continuations(int lead) {
        if (lead < 0x80) {
            return 0;
        }
        if (lead < 0xc2 || lead > 0xf4) {
            return -1;
        }
        return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    }

    /** The second byte's range rules out overlong forms (E0, F0), surrogates (ED) and what is beyond Unicode (F4). */
    private static boolean isSecond(int lead, int second) {
        int from = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int to = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        return second >= from && second <= to;
    }
}
