package dev.plait.schemas.model;

/**
 * What a frame tells about its items without reading their bytes. Items are numbered from 0. All methods are O(1) and
 * allocate nothing; an index out of range throws {@link IndexOutOfBoundsException}.
 */
public interface FrameItems {
    int size();

    /** When the input record arrived: Kafka's timestamp, milliseconds. */
    long arrivalMs();

    /** High 64 bits of the trace ID, 0 when unknown. */
    long traceHigh(int item);

    /** Low 64 bits of the trace ID. */
    long traceLow(int item);

    /** Span ID of a span; the span that a log or exemplar names, or 0. */
    long spanId(int item);

    /** Parent span ID, 0 for none. Only for spans. */
    long parentSpanId(int item);

    /** A 64-bit hash of the item's content and resource, by which copies are told. Only for logs and exemplars. */
    long contentHash(int item);

    /** Bits of {@link ItemFlags}. */
    int flags(int item);

    /** Bytes of the item as it was received. */
    int sizeBytes(int item);
}
