/** Metrics as Prometheus sends them: bodies of remote write become OTLP metrics. */
package dev.plait.ingest.prometheus;
