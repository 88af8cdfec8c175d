package dev.plait.perf.run;

import java.util.List;

/** The samples of one run, from the start of the system's process to after its last output. Times in epoch milliseconds. */
record Course(List<Sample> samples) {
    Course {
        samples = List.copyOf(samples);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a run has samples");
        }
    }

    Sample start() {
        return samples.get(0);
    }

    /** At a moment, interpolated; the first or last sample beyond them. */
    Sample at(long atMs) {
        for (int i = 1; i < samples.size(); i++) {
            if (samples.get(i).atMs() >= atMs) {
                return samples.get(i - 1)
                        .towards(
                                samples.get(i),
                                Math.max(atMs, samples.get(i - 1).atMs()));
            }
        }
        return samples.get(samples.size() - 1);
    }

    /** The first sample at which this many input records were consumed. */
    Sample whenConsumed(long records) {
        return samples.stream()
                .filter(sample -> sample.consumed() >= records)
                .findFirst()
                .orElse(samples.get(samples.size() - 1));
    }
}
