package dev.plait.perf.check;

import java.util.List;

/**
 * What the oracle found. A run is valid when {@link #isRight}.
 *
 * @param traces how many were right
 * @param spans in those
 * @param revised traces that came in more than one revision: allowed, and worth knowing
 * @param lost traces of which nothing came
 * @param twice records that gave a revision again that had been given
 * @param wrong traces whose final revision has other spans, other content or other counts than generated
 * @param phantom records of traces that were not generated
 * @param examples a few of them in words
 */
public record Answer(
        int traces, long spans, int revised, int lost, int twice, int wrong, int phantom, List<String> examples) {
    public Answer {
        examples = List.copyOf(examples);
    }

    public boolean isRight() {
        return lost == 0 && twice == 0 && wrong == 0 && phantom == 0;
    }
}
