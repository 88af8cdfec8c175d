/** Zipkin v2 spans, in JSON and protobuf. */
package dev.plait.ingest.zipkin;
