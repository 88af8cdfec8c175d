package dev.plait.ingest.applog;

import dev.plait.ingest.SignalSink;

/** Counts of the forms that a log was accepted in although they are not as they should be: a handful of kinds, without objects. */
final class FormCounts {
    private static final int MAX_KINDS = 16;

    private final String[] kinds = new String[MAX_KINDS];
    private final int[] counts = new int[MAX_KINDS];
    private int size;

    void clear() {
        size = 0;
    }

    /** Counts one of a kind, a lower-case word; at most {@value #MAX_KINDS} kinds, all of them in this package's code. */
    void add(String kind) {
        int at = 0;
        while (at < size && !kinds[at].equals(kind)) {
            at++;
        }
        if (at == size) {
            kinds[size] = kind;
            counts[size++] = 0;
        }
        counts[at]++;
    }

    void giveTo(SignalSink sink) {
        for (int at = 0; at < size; at++) {
            sink.normalised(kinds[at], counts[at]);
        }
    }
}
