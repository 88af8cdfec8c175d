package dev.plait.ingest.receiver;

import dev.plait.ingest.envoy.MeshFormat;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Signals that are written as frames, each to the partition that owns its trace, instead of as they came.
 *
 * @param bySignal where to, for the signals that are
 * @param partitions of each of these topics: {@code application.partitions}
 * @param redaction what is covered in the frames
 * @param letterValues whether dead letters show the request
 * @param tickEach how often each partition gets a frame without items, so that its reader's clock goes on
 */
public record FrameTopics(
        Map<OtlpSignal, Target> bySignal,
        int partitions,
        Redaction redaction,
        boolean letterValues,
        Duration tickEach) {
    /** All signals are written as they came. */
    public static final FrameTopics NONE = new FrameTopics(Map.of(), 1, Redaction.DEFAULT, true, Duration.ofSeconds(1));

    /**
     * Of one signal.
     *
     * @param frames of what has a trace ID
     * @param requests of what has to find its trace by its request ID
     * @param tags of all of them
     * @param mesh gives the formats of proxies' access logs among logs, anew for each decoder
     */
    public record Target(String frames, String requests, Map<String, String> tags, Supplier<MeshFormat> mesh) {
        public Target {
            tags = Map.copyOf(tags);
        }
    }

    public FrameTopics {
        bySignal = Map.copyOf(bySignal);
    }

    /** All that is written to where signals become frames. */
    public Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        bySignal.values().forEach(target -> {
            topics.add(target.frames());
            topics.add(target.requests());
            topics.add(Topics.DEAD_LETTERS);
        });
        return topics;
    }
}
