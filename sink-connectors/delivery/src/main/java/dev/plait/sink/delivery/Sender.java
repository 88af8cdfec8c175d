package dev.plait.sink.delivery;

import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/** A backend. Several threads begin attempts, each with records of other keys. */
public interface Sender extends AutoCloseable {
    /** Takes up records, in their order; sends nothing yet. Records it cannot read are refused by the attempt. */
    Attempt begin(List<SinkRecord> records);

    /** Closes connections; attempts that still run fail soon. */
    @Override
    void close();
}
