/** The service graph: who called whom in a closed trace, and what was counted of each edge by window. */
package dev.plait.correlator.graph;
