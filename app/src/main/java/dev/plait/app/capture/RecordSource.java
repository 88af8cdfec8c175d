package dev.plait.app.capture;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Records one after the other, in the order they are to be replayed. */
public interface RecordSource extends Closeable {
    /** The next record; empty at the end. @throws CaptureProblem on text that is no capture */
    Optional<CapturedRecord> next() throws IOException;
}
