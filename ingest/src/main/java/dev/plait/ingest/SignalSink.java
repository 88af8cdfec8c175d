package dev.plait.ingest;

/**
 * Takes the items of one record as OTLP slices. The arrays belong to the decoder: a sink copies what it keeps before it
 * returns, except that slices given to {@link #resource} and {@link #scope} stay as they are until {@link Decoder#decode}
 * returns. Hot path: no objects, no boxing.
 */
public interface SignalSink {
    /** No resource, or no scope. */
    int NONE = -1;

    /** Bytes of an OTLP {@code Resource} message; the result names it in {@link #item}, within this record. */
    int resource(byte[] bytes, int offset, int length);

    /** Bytes of an OTLP {@code InstrumentationScope} message; the result names it in {@link #item}. */
    int scope(byte[] bytes, int offset, int length);

    /** The next item carries this request ID, as {@link RequestKey} makes it. With a trace ID it announces which trace. */
    void requestId(long high, long low);

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
    void item(
            long traceHigh,
            long traceLow,
            long spanId,
            long parentOrHash,
            int flags,
            int resource,
            int scope,
            byte[] bytes,
            int offset,
            int length);

    /** One bad item; the rest of the record is good. */
    void reject(Rejected item);

    /** {@code count} things were accepted in another form than they came: counted by kind, a lower-case word. */
    void normalised(String kind, int count);

    /** {@code count} metric points were read that carry no exemplar: they are counted and end here. */
    void points(int count);
}
