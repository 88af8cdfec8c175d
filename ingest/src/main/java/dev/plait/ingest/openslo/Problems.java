package dev.plait.ingest.openslo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, at most {@value #MAX}. */
final class Problems {
    private static final int MAX = 1000;

    private final List<Problem> found = new ArrayList<>();
    private int count;

    void add(String file, int line, String key, String message) {
        count++;
        if (found.size() < MAX) {
            found.add(new Problem(file, line, key, message));
        }
    }

    /** Grows with each problem: whoever read something without one compares. */
    int count() {
        return count;
    }

    /** By file and line. */
    List<Problem> sorted() {
        return found.stream()
                .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
                .toList();
    }
}
