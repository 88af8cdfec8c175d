package dev.plait.sink.otlp;

/**
 * What became of the spans, log records and data points of one task since it started; JMX name
 * {@code dev.plait:type=sink-otlp,connector=<name>,task=<number>}. Records are counted beside, by what all sinks share.
 */
public interface OtlpMetricsMXBean {
    long getSpansSent();

    long getLogRecordsSent();

    long getDataPointsSent();

    /** Items that the backend said it rejected while it took the rest of their request. */
    long getItemsRejected();

    /** Items of requests that were refused as a whole. */
    long getItemsRefused();

    /** Spans that ended so long before they were sent that the backend of the preset drops them. */
    long getSpansOld();

    /** What the backend last said along with taking a request; empty: nothing. */
    String getLastWarning();
}
