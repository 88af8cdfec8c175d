/** Reads: logs that programs write in formats of their own, as JSON or as lines of text, become OTLP log records. */
package dev.plait.ingest.applog;
