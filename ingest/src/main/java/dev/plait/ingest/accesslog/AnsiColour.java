package dev.plait.ingest.accesslog;

import java.util.Arrays;

/** Takes the colours out of lines that were written for a terminal. */
public final class AnsiColour {
    private static final byte ESCAPE = 0x1b;

    private AnsiColour() {}

    /** Whether {@code [from, to)} has an escape character. */
    public static boolean isIn(byte[] line, int from, int to) {
        return HostText.indexOf(line, ESCAPE, from, to) >= 0;
    }

    /** {@code [from, to)} without any {@code ESC[...m}, in a copy. O(n). */
    public static byte[] strip(byte[] line, int from, int to) {
        byte[] plain = new byte[to - from];
        int size = 0;
        for (int at = from; at < to; at++) {
            if (line[at] != ESCAPE) {
                plain[size++] = line[at];
                continue;
            }
            int last = at + 1;
            while (last < to && (line[last] == '[' || line[last] == ';' || line[last] >= '0' && line[last] <= '9')) {
                last++;
            }
            at = last < to && line[last] == 'm' ? last : at;
        }
        return Arrays.copyOf(plain, size);
    }
}
