package dev.plait.correlator.red;

import dev.plait.correlator.DurableBytes;
import java.util.function.Function;

/**
 * Windows as durable bytes, one value for each series and window: {@code c/<window start>/<series key>} holds its counts (4 bytes and
 * those of the counts), {@code w/<window start>} how often and when the window was last emitted (about 8 bytes), {@code round} how
 * often it was decided about newcomers, {@code final} the last time of the clock at which a window became final.
 */
final class WindowPages<C extends WindowCounts<C>> {
    private final String cells;
    private final String windows;
    private final String round;
    private final String finalClock;
    private final DurableBytes bytes;
    private final Function<PackedReader, C> reader;
    private final PackedWriter packed = new PackedWriter();

    WindowPages(String prefix, DurableBytes bytes, Function<PackedReader, C> reader) {
        cells = prefix + "c/";
        windows = prefix + "w/";
        round = prefix + "round";
        finalClock = prefix + "final";
        this.bytes = bytes;
        this.reader = reader;
    }

    interface EachWindow {
        void window(long startMs, long emissions, long emittedAtMs);
    }

    interface EachCell<C> {
        void cell(long startMs, String key, WindowCell<C> cell);
    }

    void forEachWindow(EachWindow each) {
        bytes.forEach(windows, (key, value) -> {
            PackedReader in = new PackedReader(value);
            each.window(Long.parseLong(key.substring(windows.length())), in.unsigned(), in.signed());
        });
    }

    void forEachCell(EachCell<C> each) {
        bytes.forEach(cells, (key, value) -> {
            int slash = key.indexOf('/', cells.length());
            PackedReader in = new PackedReader(value);
            long changedIn = in.unsigned();
            long roundAndOverflow = in.unsigned();
            WindowCell<C> cell =
                    new WindowCell<>(reader.apply(in), roundAndOverflow >>> 1, (roundAndOverflow & 1) == 1, changedIn);
            each.cell(Long.parseLong(key.substring(cells.length(), slash)), key.substring(slash + 1), cell);
        });
    }

    void putCell(long startMs, String key, WindowCell<C> cell) {
        packed.reset();
        packed.unsigned(cell.changedIn);
        packed.unsigned(cell.round << 1 | (cell.overflow ? 1 : 0));
        cell.counts.write(packed);
        bytes.put(cells + startMs + '/' + key, packed.toBytes());
    }

    void deleteCell(long startMs, String key) {
        bytes.delete(cells + startMs + '/' + key);
    }

    void putWindow(long startMs, long emissions, long emittedAtMs) {
        packed.reset();
        packed.unsigned(emissions);
        packed.signed(emittedAtMs);
        bytes.put(windows + startMs, packed.toBytes());
    }

    void deleteWindow(long startMs) {
        bytes.delete(windows + startMs);
    }

    long round() {
        return number(round, 0);
    }

    void putRound(long rounds) {
        putNumber(round, rounds);
    }

    long finalClockMs() {
        return number(finalClock, Long.MIN_VALUE);
    }

    void putFinalClock(long clockMs) {
        putNumber(finalClock, clockMs);
    }

    private long number(String key, long otherwise) {
        return bytes.get(key).map(value -> new PackedReader(value).signed()).orElse(otherwise);
    }

    private void putNumber(String key, long number) {
        packed.reset();
        packed.signed(number);
        bytes.put(key, packed.toBytes());
    }
}
