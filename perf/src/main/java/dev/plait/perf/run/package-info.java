/** The end-to-end run: a broker, a preload, one system after the other on the same input, and what each cost. */
package dev.plait.perf.run;
