/** Reads: what propagation headers and other texts say becomes trace IDs. Pure, allocation-light, total. */
package dev.plait.ingest.traceid;
