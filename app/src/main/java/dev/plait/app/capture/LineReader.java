package dev.plait.app.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Lines of bytes, ended by {@code \n}; a {@code \r} before it belongs to the line end. The last line needs no end. At most one
 * line is held at a time.
 */
final class LineReader implements Closeable {
    /** Above any record a broker takes, base64 included. */
    static final int MAX_LINE_BYTES = 64 << 20;

    private final InputStream in;
    private final String file;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private byte[] line = new byte[1 << 12];
    private long number;

    LineReader(InputStream in, String file) {
        this.in = in;
        this.file = file;
    }

    /** The next line without its end, as an array of its own; empty at the end of the input. */
    Optional<byte[]> next() throws IOException {
        int length = 0;
        boolean any = false;
        while (fill()) {
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            length = append(length, end);
            if (end < limit) {
                position = end + 1;
                return Optional.of(finish(length));
            }
            position = limit;
        }
        return any ? Optional.of(finish(length)) : Optional.empty();
    }

    /** The number of the line {@link #next} gave last, from 1. */
    long number() {
        return number;
    }

    CaptureProblem problem(String message) {
        return new CaptureProblem(file, number, message);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    private int append(int length, int end) throws CaptureProblem {
        int grown = length + end - position;
        if (grown > MAX_LINE_BYTES) {
            throw new CaptureProblem(file, number + 1, "the line is longer than " + MAX_LINE_BYTES + " bytes");
        }
        if (grown > line.length) {
            line = Arrays.copyOf(line, Math.max(grown, 2 * line.length));
        }
        System.arraycopy(buffer, position, line, length, end - position);
        return grown;
    }

    private byte[] finish(int length) {
        number++;
        boolean carriageReturn = length > 0 && line[length - 1] == '\r';
        return Arrays.copyOf(line, carriageReturn ? length - 1 : length);
    }
}
