package dev.plait.schemas.model;

/**
 * Lower-case hexadecimal text of 64-bit identifiers. Input digits may be of either case; anything that is not a digit is
 * told by {@link #isHex}, so {@link #parse} throws only when its caller did not ask first.
 */
public final class Hex {
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private Hex() {}

    /** Sixteen digits, left-padded with zeros. */
    public static String of(long value) {
        char[] out = new char[16];
        write(value, out, 0);
        return new String(out);
    }

    /** Thirty-two digits of a 128-bit value. */
    public static String of(long high, long low) {
        char[] out = new char[32];
        write(high, out, 0);
        write(low, out, 16);
        return new String(out);
    }

    /** Whether all characters of {@code [from, to)} are hexadecimal digits, and there is at least one. */
    public static boolean isHex(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (digit(text.charAt(i)) < 0) {
                return false;
            }
        }
        return to > from;
    }

    /**
     * The value of one to sixteen digits in {@code [from, to)}.
     *
     * @throws IllegalArgumentException on another length or another character
     */
    public static long parse(CharSequence text, int from, int to) {
        if (to <= from || to - from > 16) {
            throw new IllegalArgumentException("1 to 16 hex digits expected, got " + (to - from));
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = digit(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("not a hex digit at index " + i);
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** The value of a hex digit of either case, or -1. */
    public static int digit(int character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        int lower = character | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private static void write(long value, char[] out, int at) {
        for (int i = 15; i >= 0; i--) {
            out[at + i] = DIGITS[(int) (value & 15)];
            value >>>= 4;
        }
    }
}
