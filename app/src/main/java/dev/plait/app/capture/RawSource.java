package dev.plait.app.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A raw file as records of one topic. A file of lines is one record a line, empty lines passed over; any other file is one
 * record. A record's timestamp is the latest time found in it, and never before the one of the record before it; a record in
 * which none is found has that one's, the first 0.
 */
public final class RawSource implements RecordSource {
    private static final List<String> OF_LINES = List.of(".jsonl", ".log", ".txt");

    private final String topic;
    private final InputStream in;
    private final Function<byte[], OptionalLong> latestTimeMs;
    private final Optional<LineReader> lines;
    private long timestampMs;
    private boolean read;

    /**
     * @param file the name, which tells whether it is a file of lines, and which messages give
     * @param latestTimeMs the latest time found in a record, in milliseconds since the epoch
     */
    public RawSource(String topic, InputStream in, String file, Function<byte[], OptionalLong> latestTimeMs) {
        this.topic = topic;
        this.in = in;
        this.latestTimeMs = latestTimeMs;
        this.lines =
                OF_LINES.stream().anyMatch(file::endsWith) ? Optional.of(new LineReader(in, file)) : Optional.empty();
    }

    @Override
    public Optional<CapturedRecord> next() throws IOException {
        return lines.isPresent() ? nextLine(lines.get()) : wholeFile();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private Optional<CapturedRecord> nextLine(LineReader reader) throws IOException {
        Optional<byte[]> line = reader.next();
        while (line.isPresent() && line.get().length == 0) {
            line = reader.next();
        }
        return line.map(this::stamped);
    }

    private Optional<CapturedRecord> wholeFile() throws IOException {
        if (read) {
            return Optional.empty();
        }
        read = true;
        return Optional.of(stamped(in.readAllBytes()));
    }

    private CapturedRecord stamped(byte[] value) {
        timestampMs = Math.max(timestampMs, latestTimeMs.apply(value).orElse(timestampMs));
        return new CapturedRecord(
                topic,
                timestampMs,
                Optional.empty(),
                List.of(),
                Optional.of(value),
                OptionalInt.empty(),
                OptionalLong.empty());
    }
}
