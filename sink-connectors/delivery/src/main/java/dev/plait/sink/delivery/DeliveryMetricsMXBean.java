package dev.plait.sink.delivery;

/** What one task has done since it started; JMX name {@code dev.plait:type=sink,connector=<name>,task=<number>}. */
public interface DeliveryMetricsMXBean {
    /** Records that Kafka Connect handed over. */
    long getRecordsReceived();

    /** Records that the backend took. */
    long getRecordsDelivered();

    /** Records that were refused for good: by the backend, or because they are not what their topic holds. */
    long getRecordsRefused();

    /** Records that were handed over and have no answer yet. */
    long getRecordsInFlight();

    /** States that a sink kept and stopped telling, as they were too old or too many. */
    long getStatesLetGo();

    /** How often the backend said "not now" or could not be reached. */
    long getRetries();

    /** When the backend last took something, milliseconds since the epoch; 0: never. */
    long getLastDeliveryMs();

    /** Why something was last refused or had to be sent again; empty: never. */
    String getLastProblem();
}
