package dev.plait.perf.run;

import java.util.List;

/**
 * What a system wrote, and whether it is right.
 *
 * @param firstAppendMs the broker's clock when the first record was appended
 * @param lastAppendMs when the last of those that the input asks for was
 * @param problems in words, none when the answer is right
 * @param verdict in a few words
 */
record Output(long records, long firstAppendMs, long lastAppendMs, String verdict, List<String> problems) {
    Output {
        problems = List.copyOf(problems);
    }

    boolean isRight() {
        return problems.isEmpty();
    }
}
