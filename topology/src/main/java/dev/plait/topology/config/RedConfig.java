package dev.plait.topology.config;

import dev.plait.correlator.red.SeriesKeys;
import java.time.Duration;
import java.util.List;

/**
 * {@code red}: windows of requests, errors and durations, and of service-graph edges.
 *
 * @param window {@code window}, default 10s, 1s to 1h
 * @param grace {@code grace}, default 120s, 0s to 24h: so long after its end a window takes requests that come late
 * @param maxSeries {@code max-series}, default 20000, 1 to 10000000: what is beyond goes to overflow series
 * @param tags {@code tags}, default none, at most 16: names of tags and
 *     attributes that become labels of series ({@link dev.plait.correlator.red.RequestLabels})
 */
public record RedConfig(Duration window, Duration grace, int maxSeries, List<String> tags) {
    private static final int MAX_TAGS = 16;
    private static final int MAX_TAG_CHARS = 128;

    public RedConfig {
        tags = List.copyOf(tags);
    }

    static RedConfig of(Section section) {
        Duration window =
                section.duration("window", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofHours(1));
        Duration grace = section.duration("grace", Duration.ofMinutes(2), Duration.ZERO, Duration.ofHours(24));
        int maxSeries = section.whole("max-series", 20_000, 1, 10_000_000);
        List<String> tags = section.list("tags");
        if (tags.size() > MAX_TAGS) {
            throw section.bad("tags", tags.size() + " tags", "at most " + MAX_TAGS);
        }
        for (String tag : tags) {
            if (SeriesKeys.isOwn(tag) || tag.length() > MAX_TAG_CHARS) {
                throw section.bad(
                        "tags", tag, "a tag or attribute of at most 128 characters that is no label of every series");
            }
        }
        section.end();
        return new RedConfig(
                window, grace, maxSeries, tags.stream().distinct().sorted().toList());
    }
}
