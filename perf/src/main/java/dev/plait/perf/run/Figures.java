package dev.plait.perf.run;

import java.util.Map;

/**
 * What one system cost. Rates are spans per second, costs CPU seconds for a million spans (user and system time).
 *
 * @param rate from the start of its process (JVM start, joining the group, cold code) to its last output
 * @param warmRate from when a tenth of the input was consumed to its last output
 * @param engineCpu of its process, warm
 * @param brokerCpu of the broker meanwhile, warm
 * @param coldEngineCpu of its process, whole
 * @param loadBefore the machine's one-minute load average before the run
 */
record Figures(
        String name,
        double rate,
        double warmRate,
        double engineCpu,
        double brokerCpu,
        double coldEngineCpu,
        double coldBrokerCpu,
        double drainSeconds,
        long peakEngineKib,
        long peakBrokerKib,
        Map<String, Long> bytesByTopic,
        double loadBefore,
        double loadAfter,
        Output output) {
    /** Of the input; what is left is measured warm. */
    private static final double WARM_AFTER = 0.1;

    static Figures of(String name, Preload input, Course course, Output output, Surroundings around) {
        Sample start = course.start();
        Sample end = course.at(output.lastAppendMs());
        Sample warm = course.whenConsumed((long) Math.ceil(WARM_AFTER * input.records()));
        double warmSpans = input.spans() * (1 - (double) warm.consumed() / input.records());
        double seconds = (end.atMs() - start.atMs()) / 1e3;
        return new Figures(
                name,
                input.spans() / seconds,
                warmSpans / ((end.atMs() - warm.atMs()) / 1e3),
                (end.engineCpuSeconds() - warm.engineCpuSeconds()) / warmSpans * 1e6,
                (end.brokerCpuSeconds() - warm.brokerCpuSeconds()) / warmSpans * 1e6,
                (end.engineCpuSeconds() - start.engineCpuSeconds()) / input.spans() * 1e6,
                (end.brokerCpuSeconds() - start.brokerCpuSeconds()) / input.spans() * 1e6,
                seconds,
                around.peakEngineKib(),
                around.peakBrokerKib(),
                around.bytesByTopic(),
                around.loadBefore(),
                around.loadAfter(),
                output);
    }

    /** What is read beside the samples. */
    record Surroundings(
            long peakEngineKib,
            long peakBrokerKib,
            Map<String, Long> bytesByTopic,
            double loadBefore,
            double loadAfter) {}
}
