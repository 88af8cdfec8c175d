package dev.plait.topology;

import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * A count of one task: a plain long on the hot path, published to the Kafka metric {@code plait-metrics:<name>-total} (tags
 * {@code task-id} and, where there is one, {@code reason}) at each tick. Owned by the task's thread.
 */
final class TaskCounter {
    static final String GROUP = "plait-metrics";

    private final Sensor sensor;
    private long pending;

    TaskCounter(ProcessingContext context, String name, String reason) {
        String task = context.taskId().toString();
        this.sensor = context.metrics().addSensor("plait-" + task + "-" + name + "-" + reason, RecordingLevel.INFO);
        Map<String, String> tags =
                reason.isEmpty() ? Map.of("task-id", task) : Map.of("task-id", task, "reason", reason);
        this.sensor.add(new MetricName(name + "-total", GROUP, "Count of " + name, tags), new CumulativeSum());
    }

    void close(ProcessingContext context) {
        publish();
        context.metrics().removeSensor(sensor);
    }

    void add(long count) {
        pending += count;
    }

    void publish() {
        if (pending > 0) {
            sensor.record((double) pending);
            pending = 0;
        }
    }
}
