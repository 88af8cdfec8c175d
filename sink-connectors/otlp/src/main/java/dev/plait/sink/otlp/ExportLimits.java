package dev.plait.sink.otlp;

/** What one request holds at most: bytes before compression, and spans, log records or data points. */
record ExportLimits(int maxBytes, int maxItems) {}
