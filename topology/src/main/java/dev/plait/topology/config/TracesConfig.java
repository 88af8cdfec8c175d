package dev.plait.topology.config;

import dev.plait.correlator.trace.TraceRules;
import java.time.Duration;

/**
 * {@code traces}: when a trace is closed, how long it is kept, how large it may be. Defaults as the README's table says;
 * every duration is 100 ms to 24 h.
 *
 * @param sourceIdle {@code source-idle}, default 10s: a sending task silent for so long no longer holds the clock
 * @param maxOpenBytes {@code max-open-bytes}, default 128MiB, 1MiB to 64GiB: of frames kept by one partition; above it the
 *     clock no longer waits for the slowest sending task
 */
public record TracesConfig(TraceRules rules, Duration sourceIdle, long maxOpenBytes) {
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofHours(24);

    static TracesConfig of(Section section) {
        TraceRules defaults = TraceRules.defaults();
        long afterRootMs = millis(section, "after-root", defaults.afterRootMs());
        long idleGapMs = millis(section, "idle-gap", defaults.idleGapMs());
        long maxAgeMs = millis(section, "max-age", defaults.maxAgeMs());
        long keepClosedMs = millis(section, "keep-closed", defaults.keepClosedMs());
        long lateWindowMs = millis(section, "late-window", defaults.lateWindowMs());
        if (idleGapMs > maxAgeMs) {
            throw section.bad("idle-gap", section.text("idle-gap", ""), "at most max-age (" + maxAgeMs + "ms)");
        }
        if (keepClosedMs > lateWindowMs) {
            throw section.bad(
                    "keep-closed", section.text("keep-closed", ""), "at most late-window (" + lateWindowMs + "ms)");
        }
        Duration sourceIdle = section.duration("source-idle", Duration.ofSeconds(10), LEAST, MOST);
        int maxSpans = section.whole("max-spans", defaults.maxSpans(), 1, 1_000_000);
        long maxBytes = section.sizeBytes("max-bytes", defaults.maxBytes(), 16 * 1024, 3 * 1024 * 1024);
        long maxOpenBytes = section.sizeBytes("max-open-bytes", 128L << 20, 1L << 20, 64L << 30);
        section.end();
        return new TracesConfig(
                new TraceRules(afterRootMs, idleGapMs, maxAgeMs, keepClosedMs, lateWindowMs, maxSpans, maxBytes),
                sourceIdle,
                maxOpenBytes);
    }

    private static long millis(Section section, String key, long byDefaultMs) {
        return section.duration(key, Duration.ofMillis(byDefaultMs), LEAST, MOST)
                .toMillis();
    }
}
