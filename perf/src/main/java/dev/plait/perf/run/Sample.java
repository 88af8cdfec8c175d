package dev.plait.perf.run;

/**
 * What was seen at one moment of a run.
 *
 * @param consumed input records that the system has committed
 */
record Sample(long atMs, double engineCpuSeconds, double brokerCpuSeconds, long consumed) {
    /** Between this and a later one, by time. */
    Sample towards(Sample later, long atMs) {
        double share = later.atMs == this.atMs ? 0 : (double) (atMs - this.atMs) / (later.atMs - this.atMs);
        return new Sample(
                atMs,
                engineCpuSeconds + share * (later.engineCpuSeconds - engineCpuSeconds),
                brokerCpuSeconds + share * (later.brokerCpuSeconds - brokerCpuSeconds),
                consumed + Math.round(share * (later.consumed - consumed)));
    }
}
