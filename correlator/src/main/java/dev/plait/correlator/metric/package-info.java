/** Points of counters and histograms become counted requests: what each stream has counted since its point before. */
package dev.plait.correlator.metric;
