package dev.plait.app.doctor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer group.
 *
 * @param state Kafka's word for it; {@code ABSENT} or {@code DENIED} when it is not there or not to be seen
 * @param instances processes among the members, as their client IDs tell
 * @param lag records behind, by topic; all records of a partition that is to be read and of which nothing was ever committed
 * @param neverCommitted records of those partitions
 * @param waiting in the other partitions where records wait: the offset of the first one
 */
record GroupState(
        String id,
        String state,
        int members,
        int instances,
        Map<String, Long> lag,
        long neverCommitted,
        Map<TopicPartition, Long> waiting) {
    static final String ABSENT = "ABSENT";
    static final String DENIED = "DENIED";

    GroupState {
        lag = java.util.Collections.unmodifiableMap(new TreeMap<>(lag));
        waiting = Map.copyOf(waiting);
    }

    static GroupState denied(String id) {
        return new GroupState(id, DENIED, 0, 0, Map.of(), 0, Map.of());
    }

    static GroupState of(
            String id,
            String state,
            List<String> clients,
            Map<String, Long> lag,
            long neverCommitted,
            Map<TopicPartition, Long> waiting) {
        long instances = clients.stream()
                .map(client -> client.replaceFirst("-StreamThread-.*", ""))
                .distinct()
                .count();
        return new GroupState(
                id,
                state.toUpperCase(java.util.Locale.ROOT),
                clients.size(),
                (int) instances,
                lag,
                neverCommitted,
                waiting);
    }

    long totalLag() {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }
}
