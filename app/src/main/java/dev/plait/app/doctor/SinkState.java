package dev.plait.app.doctor;

import java.util.List;

/**
 * One sink connector as Kafka Connect's REST interface tells of it; {@code trace} and {@code deadLetters} may be empty.
 *
 * @param group its consumer group
 * @param topics that it reads, those that a pattern covers left out
 */
record SinkState(
        String name,
        String state,
        List<Task> tasks,
        String trace,
        String group,
        List<String> topics,
        String deadLetters,
        long deadLettersInWindow) {
    static final String FAILED = "FAILED";

    /** One task; {@code trace} is why it failed, a line. */
    record Task(int id, String state, String trace) {}

    SinkState {
        tasks = List.copyOf(tasks);
        topics = List.copyOf(topics);
    }

    boolean hasFailed() {
        return state.equals(FAILED)
                || tasks.stream().anyMatch(task -> task.state().equals(FAILED));
    }

    SinkState withDeadLetters(long count) {
        return new SinkState(name, state, tasks, trace, group, topics, deadLetters, count);
    }
}
