/** Jaeger spans as its collector and OpenTelemetry's write them to Kafka, in protobuf and JSON. */
package dev.plait.ingest.jaeger;
