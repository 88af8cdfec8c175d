/** What the decoders of span formats other than OTLP share: a span being put together, its names, its way to the sink. */
package dev.plait.ingest.span;
