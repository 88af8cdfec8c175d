package dev.plait.sink.otlp;

import dev.plait.sink.delivery.RecordView;
import java.util.concurrent.TimeUnit;

/** From when to when a window counted, in nanoseconds since the epoch. */
record WindowTime(long startEpochNanos, long endEpochNanos) {
    static WindowTime of(RecordView window) {
        return new WindowTime(
                TimeUnit.MILLISECONDS.toNanos(window.number("windowStartMs")),
                TimeUnit.MILLISECONDS.toNanos(window.number("windowEndMs")));
    }
}
