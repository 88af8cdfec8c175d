package dev.plait.app.doctor;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * The consumer group of a sink, looked at twice.
 *
 * @param group as it was at the second look
 * @param failed whether Kafka Connect says that the connector or a task of it has failed
 * @param betweenMs from the first look to the second
 * @param waitingMs how long the oldest record has waited that was there at both looks, if nothing was delivered in between;
 *     0 when something was or nothing waits
 */
record SinkGroup(GroupState group, boolean failed, long betweenMs, long waitingMs) {
    /**
     * @param time when the first record at or after an offset was written; empty when there is none, as the markers of
     *     transactions count as records behind and are none
     */
    static SinkGroup of(
            GroupState before,
            GroupState after,
            boolean failed,
            long betweenMs,
            long nowMs,
            BiFunction<TopicPartition, Long, Optional<Long>> time) {
        long oldestMs = nowMs;
        if (after.waiting().entrySet().containsAll(before.waiting().entrySet())) {
            for (Map.Entry<TopicPartition, Long> first :
                    sorted(before.waiting()).entrySet()) {
                oldestMs = Math.min(
                        oldestMs, time.apply(first.getKey(), first.getValue()).orElse(nowMs));
            }
        }
        return new SinkGroup(after, failed, betweenMs, nowMs - oldestMs);
    }

    private static Map<TopicPartition, Long> sorted(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> sorted = new TreeMap<>(java.util.Comparator.comparing(TopicPartition::toString));
        sorted.putAll(offsets);
        return sorted;
    }
}
