/** Reads: what Kong Gateway's log plugins write becomes access-log records. */
package dev.plait.ingest.kong;
