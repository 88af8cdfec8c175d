/** JMH benchmarks of the hot path's steps: nanoseconds and allocated bytes for each item. Run by {@code perf/bench}. */
package dev.plait.perf.bench;
