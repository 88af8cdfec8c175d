/**
 * What can be said of a closed trace: its spans as a tree, and what follows from it. Pure functions of the pieces; the
 * order in which they are given changes nothing.
 */
package dev.plait.correlator.trace.view;
