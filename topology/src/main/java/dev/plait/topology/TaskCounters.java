package dev.plait.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** The counters of one task by name and reason, made on first use; names and reasons come from code, so they are few. */
final class TaskCounters {
    private final ProcessingContext context;
    private final Map<String, TaskCounter> counters = new HashMap<>();

    TaskCounters(ProcessingContext context) {
        this.context = context;
    }

    void add(String name, long count) {
        add(name, "", count);
    }

    void add(String name, String reason, long count) {
        if (count > 0) {
            counters.computeIfAbsent(name + '/' + reason, key -> new TaskCounter(context, name, reason))
                    .add(count);
        }
    }

    /** Takes the task's metrics away. */
    void close() {
        counters.values().forEach(counter -> counter.close(context));
        counters.clear();
    }

    void publish() {
        counters.values().forEach(TaskCounter::publish);
    }
}
