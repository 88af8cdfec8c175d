package dev.plait.ingest.otlp;

/**
 * Reads one item of one signal: checks all of it, and hands its slice with what the index needs to the record, or refuses it
 * there. A break of the encoding leaves as {@link dev.plait.schemas.wire.Malformed} and ends the record.
 */
interface ItemScanner {
    /** Begins a record. */
    default void begin() {}

    void scan(byte[] bytes, int offset, int length, RecordScan record);
}
