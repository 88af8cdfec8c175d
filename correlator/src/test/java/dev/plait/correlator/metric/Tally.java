package dev.plait.correlator.metric;

import dev.plait.correlator.red.MapBytes;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.ReceivedPoint;
import java.util.ArrayList;
import java.util.List;

/** Streams that are fed, restarted and asked what they counted. */
final class Tally implements MetricStreams.Out {
    static final long FORGET_MS = 3_600_000;
    static final int MAX_STREAMS = 8;

    final MapBytes bytes = new MapBytes();
    final List<Counted> counted = new ArrayList<>();
    MetricStreams streams = new MetricStreams(FORGET_MS, MAX_STREAMS, bytes);

    record Counted(String metric, CountedRequest request, long count) {}

    @Override
    public void counted(String metric, CountedRequest request, long count) {
        counted.add(new Counted(metric, request, count));
    }

    /** Adds a point of stream 1 as it happens; answers how many requests it counted. */
    long add(ReceivedPoint point) {
        return add(1, point);
    }

    long add(long stream, ReceivedPoint point) {
        return add(7, stream, point, point.timeEpochNanos() / 1_000_000);
    }

    long add(long family, long stream, ReceivedPoint point, long arrivalMs) {
        int before = counted.size();
        streams.add(family, stream, point, arrivalMs, this);
        return counted.subList(before, counted.size()).stream()
                .mapToLong(Counted::count)
                .sum();
    }

    void restart() {
        streams = new MetricStreams(FORGET_MS, MAX_STREAMS, bytes);
    }

    long total() {
        return counted.stream().mapToLong(Counted::count).sum();
    }

    /** Those that took at most so long. */
    long within(long nanos) {
        return counted.stream()
                .filter(one -> one.request().durationNanos() <= nanos)
                .mapToLong(Counted::count)
                .sum();
    }
}
