package dev.plait.ingest;

/**
 * Takes the items of one record as OTLP slices. The arrays belong to the decoder: a sink copies what it keeps before it
 * returns, except that slices given to {@link #resource} and {@link #scope} stay as they are until {@link Decoder#decode}
 * returns. Hot path: no objects, no boxing. What a sink leaves as it is here, it does not want to know.
 */
public interface SignalSink {
    /** No resource, or no scope. */
    int NONE = -1;

    /** Bytes of an OTLP {@code Resource} message; the result names it in {@link #item}, within this record. */
    default int resource(byte[] bytes, int offset, int length) {
        return NONE;
    }

    /** Bytes of an OTLP {@code InstrumentationScope} message; the result names it in {@link #item}. */
    default int scope(byte[] bytes, int offset, int length) {
        return NONE;
    }

    /** The next item carries this request ID, as {@link RequestKey} makes it. With a trace ID it announces which trace. */
    default void requestId(long high, long low) {}

    /**
     * One item.
     *
     * @param traceHigh 0 when unknown
     * @param traceLow 0 for a log that has no trace ID
     * @param spanId 0 for none
     * @param parentOrHash parent span ID of a span (0: none); content hash of a log or exemplar
     * @param flags of {@link dev.plait.schemas.model.ItemFlags}
     * @param resource what {@link #resource} gave, or {@link #NONE}
     * @param scope what {@link #scope} gave, or {@link #NONE}
     * @param bytes an OTLP {@code Span} or {@code LogRecord}; for an exemplar an OTLP {@code Metric} with its name, unit and
     *     one number data point that holds the exemplar
     */
    default void item(
            long traceHigh,
            long traceLow,
            long spanId,
            long parentOrHash,
            int flags,
            int resource,
            int scope,
            byte[] bytes,
            int offset,
            int length) {}

    /** One bad item; the rest of the record is good. */
    default void reject(Rejected item) {}

    /** {@code count} things were accepted in another form than they came: counted by kind, a lower-case word. */
    default void normalised(String kind, int count) {}

    /** {@code count} secrets were covered in what is handed over. */
    default void redacted(int count) {}

    /** {@code count} metric points were read that carry no exemplar: they are counted, and end here unless they are wanted. */
    default void points(int count) {}

    /** Whether points of the metric of this name, UTF-8, are handed over: asked once a metric. */
    default boolean wantsMetric(byte[] bytes, int nameOffset, int nameLength) {
        return false;
    }

    /**
     * A good point of a wanted metric that recorded a value and is no summary; beside what {@link #points} counts and {@link
     * #item} takes of it.
     *
     * @param family 64-bit hash, not 0, of what the points of one metric of one sender share: resource, scope, name, unit and
     *     kind. Attributes count in any order. Points of a family must meet in one place
     * @param stream 64-bit hash, not 0, of the family and the point's attributes: one time series
     * @param resource what {@link #resource} gave, or {@link #NONE}
     * @param scope what {@link #scope} gave, or {@link #NONE}
     * @param bytes an OTLP {@code Metric} with its name, unit, temporality and just this point, without exemplars
     */
    default void point(long family, long stream, int resource, int scope, byte[] bytes, int offset, int length) {}
}
