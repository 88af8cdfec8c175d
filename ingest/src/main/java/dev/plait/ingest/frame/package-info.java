/** Items into the frames of their target partitions, and back. */
package dev.plait.ingest.frame;
