package dev.plait.topology.config;

import java.util.List;

/**
 * {@code slo}: which SLOs are kept besides those that {@code plait slo apply} wrote.
 *
 * @param files {@code files}, default none: OpenSLO files or patterns such as {@code slo/*.yaml}, applied when an instance starts
 * @param timeScale {@code time-scale}, default 1, 1 to 100000: windows and periods of those files are divided by it; for
 *     demonstrations and tests
 */
public record SloConfig(List<String> files, int timeScale) {
    public SloConfig {
        files = List.copyOf(files);
    }

    static SloConfig of(Section section) {
        SloConfig config = new SloConfig(section.list("files"), section.whole("time-scale", 1, 1, 100_000));
        section.end();
        return config;
    }
}
