package dev.plait.ingest.otlp;

import dev.plait.ingest.redact.Redactor;
import dev.plait.ingest.redact.Treatment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What there is to know of an attribute by its key. Hot path: keys are few and come again, so what was found is kept in a table
 * of constant size under a hash of the key's outer bytes. A key in another's place takes it, and is judged anew each time when
 * both come in turn, which is linear in it. Not thread safe.
 */
final class KeyTable {
    private static final int PLACES = 1024;

    /** A longer key is judged each time. */
    private static final int LONGEST = 128;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Redactor redactor;
    private final Entry[] entries = new Entry[PLACES];

    KeyTable(Redactor redactor) {
        this.redactor = redactor;
        Arrays.fill(entries, new Entry(new byte[0], KnownKey.NONE, Treatment.TEXT));
    }

    Entry of(byte[] bytes, int offset, int length) {
        long first = first(bytes, offset, length);
        long last = last(bytes, offset, length);
        int place = place(first, last);
        Entry entry = entries[place];
        return entry.is(first, last, bytes, offset, length) ? entry : judged(place, bytes, offset, length);
    }

    private Entry judged(int place, byte[] bytes, int offset, int length) {
        Entry entry = new Entry(
                length <= LONGEST ? Arrays.copyOfRange(bytes, offset, offset + length) : new byte[0],
                KnownKey.of(bytes, offset, length),
                redactor.treatment(bytes, offset, length));
        if (length <= LONGEST) {
            entries[place] = entry;
        }
        return entry;
    }

    private static int place(long first, long last) {
        return (int) ((Long.rotateLeft(first * 0x9E3779B185EBCA87L, 31) ^ last) * 0xC2B2AE3D27D4EB4FL >>> 54);
    }

    /** The first eight bytes; all of a shorter key, with its length. */
    private static long first(byte[] bytes, int offset, int length) {
        if (length >= Long.BYTES) {
            return (long) LONG.get(bytes, offset);
        }
        long first = length;
        for (int at = offset; at < offset + length; at++) {
            first = first << 8 | bytes[at] & 0xff;
        }
        return first;
    }

    private static long last(byte[] bytes, int offset, int length) {
        return length >= Long.BYTES ? (long) LONG.get(bytes, offset + length - Long.BYTES) : 0;
    }

    /** A key, and what it says. */
    static final class Entry {
        private final byte[] key;
        private final long first;
        private final long last;
        private final KnownKey known;
        private final Treatment treatment;

        private Entry(byte[] key, KnownKey known, Treatment treatment) {
            this.key = key;
            this.first = KeyTable.first(key, 0, key.length);
            this.last = KeyTable.last(key, 0, key.length);
            this.known = known;
            this.treatment = treatment;
        }

        KnownKey known() {
            return known;
        }

        Treatment treatment() {
            return treatment;
        }

        /** Bytes between the outer ones are compared in words that may overlap. */
        private boolean is(long otherFirst, long otherLast, byte[] bytes, int offset, int length) {
            if (otherFirst != first || otherLast != last || length != key.length) {
                return false;
            }
            for (int at = Long.BYTES; at < length - Long.BYTES; at += Long.BYTES) {
                if ((long) LONG.get(key, at) != (long) LONG.get(bytes, offset + at)) {
                    return false;
                }
            }
            return true;
        }
    }
}
