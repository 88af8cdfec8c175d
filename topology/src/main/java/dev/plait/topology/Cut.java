package dev.plait.topology;

/** Texts of telemetry as parts of keys and evidence: cut visibly where they are too long to be read. */
final class Cut {
    static final int MOST = 256;

    private Cut() {}

    /** At most {@link #MOST} characters, never half a surrogate pair. */
    static String of(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST - 2)) ? MOST - 2 : MOST - 1;
        return text.substring(0, end) + "…";
    }
}
