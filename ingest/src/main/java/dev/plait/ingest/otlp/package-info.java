/** OTLP, protobuf and JSON, becomes slices: one scan finds each item's bytes and what the index needs of it. */
package dev.plait.ingest.otlp;
