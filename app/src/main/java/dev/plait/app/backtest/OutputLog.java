package dev.plait.app.backtest;

import dev.plait.app.capture.CaptureWriter;
import dev.plait.app.capture.CapturedRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The output records of a replay, held until the end and then written by timestamp, topic, key (as unsigned bytes, none
 * first) and order of emission. All of it is in memory: about the size of the output file.
 */
final class OutputLog {
    private static final byte[] NO_KEY = new byte[0];
    private static final Comparator<CapturedRecord> ORDER = Comparator.comparingLong(CapturedRecord::timestampMs)
            .thenComparing(CapturedRecord::topic)
            .thenComparing(one -> one.key().orElse(NO_KEY), Arrays::compareUnsigned);

    private final List<CapturedRecord> records = new ArrayList<>();

    void add(CapturedRecord one) {
        records.add(one);
    }

    int size() {
        return records.size();
    }

    /** Writes all; a stable sort keeps the order of emission among equals. */
    void writeTo(CaptureWriter writer) throws IOException {
        records.sort(ORDER);
        for (CapturedRecord one : records) {
            writer.write(one);
        }
    }
}
