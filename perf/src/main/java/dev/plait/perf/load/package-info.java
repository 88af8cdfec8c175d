/** The generated load: traces that follow from a seed and their number, and the batches a collector would put them in. */
package dev.plait.perf.load;
