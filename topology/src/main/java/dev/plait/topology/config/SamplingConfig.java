package dev.plait.topology.config;

import java.time.Duration;

/**
 * {@code sampling}: what {@code plait-decisions} says of a closed trace. Errors are always kept.
 *
 * @param slow {@code slow}, default 1s: a trace of this duration or more is kept
 * @param probability {@code probability}, default 0.1: the share of the other traces that is kept, by trace ID
 */
public record SamplingConfig(Duration slow, double probability) {
    static SamplingConfig of(Section section) {
        SamplingConfig config = new SamplingConfig(
                section.duration("slow", Duration.ofSeconds(1), Duration.ofMillis(1), Duration.ofHours(1)),
                section.ratio("probability", 0.1));
        section.end();
        return config;
    }
}
