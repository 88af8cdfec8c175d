package dev.plait.app.doctor;

import java.util.List;

/** One sink connector as Kafka Connect's REST interface tells of it; {@code trace} and {@code deadLetters} may be empty. */
record SinkState(
        String name, String state, List<Task> tasks, String trace, String deadLetters, long deadLettersInWindow) {
    static final String FAILED = "FAILED";

    /** One task; {@code trace} is why it failed, a line. */
    record Task(int id, String state, String trace) {}

    SinkState {
        tasks = List.copyOf(tasks);
    }

    SinkState withDeadLetters(long count) {
        return new SinkState(name, state, tasks, trace, deadLetters, count);
    }
}
