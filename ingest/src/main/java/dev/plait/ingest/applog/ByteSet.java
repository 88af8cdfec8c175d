package dev.plait.ingest.applog;

/**
 * A set of characters by their bytes in UTF-8: those of ASCII each by itself, and all others together or not at all. So a text
 * need not be decoded to be compared with it.
 */
final class ByteSet {
    private static final int ASCII = 128;

    private final boolean[] members = new boolean[2 * ASCII];

    /** Of ASCII characters. */
    static ByteSet of(String characters) {
        ByteSet set = new ByteSet();
        characters.chars().forEach(c -> set.members[c] = true);
        return set;
    }

    /** Of ASCII characters from {@code first} to {@code last}. */
    static ByteSet range(char first, char last) {
        ByteSet set = new ByteSet();
        for (int c = first; c <= last; c++) {
            set.members[c] = true;
        }
        return set;
    }

    ByteSet or(ByteSet other) {
        ByteSet set = new ByteSet();
        for (int b = 0; b < members.length; b++) {
            set.members[b] = members[b] || other.members[b];
        }
        return set;
    }

    /** All other characters. */
    ByteSet not() {
        ByteSet set = new ByteSet();
        for (int b = 0; b < members.length; b++) {
            set.members[b] = !members[b];
        }
        return set;
    }

    /** Whether the character that begins with this byte is in the set. */
    boolean has(byte b) {
        return members[b & 0xff];
    }

    boolean meets(ByteSet other) {
        for (int b = 0; b < members.length; b++) {
            if (members[b] && other.members[b]) {
                return true;
            }
        }
        return false;
    }
}
