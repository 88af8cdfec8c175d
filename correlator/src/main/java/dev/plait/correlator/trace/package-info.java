/**
 * Pieces become traces: an index of open traces on the heap, the deadlines at which they close, revisions for what comes
 * late, and the clock all of it goes by. Pure: no Kafka, no thread, no clock of its own.
 */
package dev.plait.correlator.trace;
