package dev.plait.perf.run;

import dev.plait.perf.load.Workload;
import java.time.Duration;
import java.util.List;

/**
 * What an end-to-end run does.
 *
 * @param partitions of the input, the internal and the output topics
 * @param threads of each system
 * @param commitInterval of each system
 * @param engineOptions JVM options of each system
 * @param brokerOptions JVM options of the broker
 * @param limit how long one system may take, from its start to its last output
 */
record RunPlan(
        Workload workload,
        int partitions,
        int threads,
        Duration commitInterval,
        List<String> engineOptions,
        List<String> brokerOptions,
        Duration limit) {
    RunPlan {
        engineOptions = List.copyOf(engineOptions);
        brokerOptions = List.copyOf(brokerOptions);
    }
}
