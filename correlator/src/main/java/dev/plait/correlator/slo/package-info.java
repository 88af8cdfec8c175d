/** Exact counts of good and bad requests for SLOs, and what follows from them. */
package dev.plait.correlator.slo;
