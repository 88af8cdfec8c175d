package dev.plait.correlator.metric;

import dev.plait.correlator.DurableBytes;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.ReceivedPoint;
import dev.plait.schemas.model.ReceivedPoint.Kind;
import dev.plait.schemas.model.ReceivedPoint.Temporality;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts requests from the points of monotonic sums and histograms. Of a cumulative stream the last point is remembered, and
 * what the next one has more was counted in between; deltas count as they are. Every point of a family must come here, in any
 * order and any number of times: only one later than all before it counts (of deltas: one not among the last 16), so copies
 * and replays count nothing. A sum of doubles counts whole requests, and what is over goes into the next point.
 *
 * <p>A reset (a sum, or any bucket, is lower; bounds have changed, or a scale is finer; the start is later): all that the point
 * says was counted since the reset. A point whose start is its own time says that it does not know its start, which is no
 * reset. Points of an earlier start are of another process, and ignored until five minutes after the last point of the later one.
 *
 * <p>A stream's first point is a baseline and counts nothing, as it may say what was counted long before anybody looked. Except:
 * <ul>
 *   <li>Its start is known and at most five minutes before its time: then all of it is news. A process that started at 12:00:00
 *       and says at 12:00:30 that it served 40 requests has served them in between; one that started yesterday and says 9000
 *       counts 0 ({@code firstPoint_ofAProcessThatJustStarted_countsWhole}).
 *   <li>The other streams of its family came twice without it, half a minute apart at least, and the second time half a minute
 *       before it: then it was 0. With points each 30 s, {@code code="200"} from 12:00:00 on and {@code code="500"} from 12:01:00 on with 3: those
 *       3 were counted since 12:00:30. Prometheus' {@code increase()} would not see them ({@code
 *       firstPoint_ofANewStreamInAKnownFamily_countsWhole}). The same {@code code="500"} at 12:00:30 counts 0.
 * </ul>
 * Either way only when no earlier point can have been counted and forgotten.
 *
 * <p>State: {@link StreamState} says how large; a family takes 40 bytes more. An add costs one put, O(log streams) and O(buckets).
 * What was added is durable when {@link #add} returns. Not thread safe.
 */
public final class MetricStreams {
    private static final long NANOS_PER_MS = 1_000_000;

    /** A first point says when it began to count, and that is this near: all it says is news. Exporters send each minute. */
    private static final long FRESH_NANOS = 300_000 * NANOS_PER_MS;

    /** So long after its last point a process is taken to write no longer. */
    private static final long QUIET_NANOS = FRESH_NANOS;

    /** As far as windows believe a clock: a point timed later would make all that follow it old. */
    private static final long AHEAD_MS = 3_600_000;

    /** More requests between two points than any system serves; so sums of counts stay far from 2^63. */
    static final long MAX_DELTA = 1_000_000_000_000L;

    private final long forgetMs;
    private final int maxStreams;
    private final Families families;
    private final StreamTable streams;
    private final PointReader reader = new PointReader();
    private final PointRequests requests = new PointRequests();
    private final Map<Ignored, Long> ignored = new EnumMap<>(Ignored.class);
    private long resets;

    /** Takes what was counted: {@code count} requests, above 0, that are alike as far as the metric tells. */
    public interface Out {
        void counted(String metric, CountedRequest request, long count);
    }

    /**
     * Goes on where the streams of the same bytes stopped.
     *
     * @param forgetMs how long a stream may be silent before it is forgotten, milliseconds of arrival, at least 1
     * @param maxStreams how many are remembered; points of further ones are ignored
     */
    public MetricStreams(long forgetMs, int maxStreams, DurableBytes kept) {
        if (forgetMs < 1 || maxStreams < 1) {
            throw new IllegalArgumentException("forgetMs " + forgetMs + ", maxStreams " + maxStreams + ": at least 1");
        }
        this.forgetMs = forgetMs;
        this.maxStreams = maxStreams;
        families = new Families(kept);
        streams = new StreamTable(forgetMs, kept, families);
    }

    /**
     * Counts what a point has more than the points of its stream before it.
     *
     * @param family hash of what the streams of one metric from one sender share
     * @param stream hash of the family and the point's attributes
     * @param arrivalMs when the point arrived, milliseconds
     */
    public void add(long family, long stream, ReceivedPoint point, long arrivalMs, Out out) {
        Optional<Reading> reading = reader.read(point);
        if (reading.isEmpty()) {
            ignore(reader.complaint(), family, stream);
            return;
        }
        if (point.timeEpochNanos() / NANOS_PER_MS - AHEAD_MS > arrivalMs) {
            ignore(Ignored.FUTURE, family, stream);
            return;
        }
        boolean delta = point.temporality() == Temporality.DELTA;
        Arrival arrival = new Arrival(family, stream, point, reading.get(), arrivalMs, out);
        Optional<StreamState> before = streams.get(stream, arrivalMs);
        if (before.isPresent() && !before.get().isLike(point.kind(), delta, family)) {
            forget(before.get());
            before = Optional.empty();
        }
        if (delta && arrivalMs - point.timeEpochNanos() / NANOS_PER_MS >= forgetMs) {
            ignore(Ignored.TOO_OLD, family, stream);
        } else if (before.isPresent()) {
            if (delta) {
                nextDelta(before.get(), arrival);
            } else {
                next(before.get(), arrival);
            }
        } else if (streams.size() >= maxStreams) {
            ignore(Ignored.TOO_MANY_STREAMS, family, stream);
        } else if (delta) {
            countDelta(arrival, arrivalMs, 0, PointTimes.of(arrival.time()));
        } else {
            first(arrival);
        }
    }

    /** Forgets the streams that no point was counted of since {@code forgetMs} before {@code clockMs}. */
    public void expire(long clockMs) {
        streams.expire(clockMs);
    }

    /** How many streams are remembered. */
    public int streams() {
        return streams.size();
    }

    /** How many points were ignored for a reason since this object was made. */
    public long ignored(Ignored reason) {
        return ignored.getOrDefault(reason, 0L);
    }

    /** How many points were counted whole because of a reset, since this object was made. */
    public long resets() {
        return resets;
    }

    private record Arrival(long family, long stream, ReceivedPoint point, Reading reading, long arrivalMs, Out out) {
        long time() {
            return point.timeEpochNanos();
        }

        /** 0 when unknown; a start after the point's own time cannot be meant. */
        long start() {
            long start = point.startEpochNanos();
            return start > 0 && start <= time() ? start : 0;
        }
    }

    private void first(Arrival arrival) {
        long time = arrival.time();
        long start = arrival.start();
        boolean fresh = start != 0
                && start < time
                && time - start <= FRESH_NANOS
                && arrival.arrivalMs - start / NANOS_PER_MS < forgetMs;
        boolean isNews = fresh || families.knowsThatNew(arrival.family, time);
        streams.put(state(arrival, arrival.arrivalMs, start));
        families.seen(arrival.family, time);
        if (isNews) {
            count(arrival, arrival.reading.counts());
        }
    }

    private void next(StreamState before, Arrival arrival) {
        long time = arrival.time();
        long start = arrival.start();
        if (time <= before.times().latest()) {
            boolean same = time == before.times().latest();
            ignore(same ? Ignored.REPEATED : Ignored.OUT_OF_ORDER, arrival.family, arrival.stream);
            return;
        }
        if (start != 0 && start < before.startEpochNanos()) {
            oldStart(before, arrival);
            return;
        }
        boolean restarted = before.startEpochNanos() != 0 && start > before.startEpochNanos() && start < time;
        Optional<Counts> since = restarted ? Optional.empty() : arrival.reading.since(before.reading());
        resets += since.isPresent() ? 0 : 1;
        long heardMs = Math.max(arrival.arrivalMs, before.heardMs());
        streams.put(state(arrival, heardMs, Math.max(start, before.startEpochNanos())));
        families.seen(arrival.family, time);
        count(arrival, since.orElse(arrival.reading.counts()));
    }

    /** While the later process writes, an earlier one must not: as if both were one, each point would be a reset. */
    private void oldStart(StreamState before, Arrival arrival) {
        if (arrival.time() - before.times().latest() < QUIET_NANOS) {
            ignore(Ignored.OLD_START, arrival.family, arrival.stream);
        } else {
            forget(before);
            first(arrival);
        }
    }

    private void nextDelta(StreamState before, Arrival arrival) {
        long time = arrival.time();
        if (before.times().contains(time)) {
            ignore(Ignored.REPEATED, arrival.family, arrival.stream);
        } else if (before.times().isTooOld(time)) {
            ignore(Ignored.OUT_OF_ORDER, arrival.family, arrival.stream);
        } else {
            long heardMs = Math.max(arrival.arrivalMs, before.heardMs());
            countDelta(arrival, heardMs, before.reading().rest(), before.times().with(time));
        }
    }

    /** @param ahead what the deltas before said beyond whole requests */
    private void countDelta(Arrival arrival, long heardMs, double ahead, PointTimes times) {
        Reading reading = arrival.reading;
        Counts counts = reading.counts();
        double rest = 0;
        if (reading.kind() == Kind.SUM) {
            double sum = reading.rest() + ahead;
            rest = sum - Math.floor(sum);
            counts = Counts.of(counts.total() + (long) Math.floor(sum));
        }
        Reading left = new Reading(reading.kind(), 0, rest, Counts.NONE);
        streams.put(new StreamState(arrival.stream, arrival.family, heardMs, 0, true, times, left));
        count(arrival, counts);
    }

    private static StreamState state(Arrival arrival, long heardMs, long start) {
        PointTimes last = PointTimes.of(arrival.time());
        return new StreamState(arrival.stream, arrival.family, heardMs, start, false, last, arrival.reading);
    }

    private void count(Arrival arrival, Counts counts) {
        if (counts.total() > MAX_DELTA) {
            ignored.merge(Ignored.ABSURD_DELTA, 1L, Long::sum);
        } else if (!counts.isEmpty()) {
            String metric = arrival.point.metric();
            requests.forEach(arrival.point, counts, (request, count) -> arrival.out.counted(metric, request, count));
        }
    }

    /** What is forgotten while its family goes on may have counted before when it comes again. */
    private void forget(StreamState state) {
        streams.forget(state);
        families.missed(state.family());
    }

    private void ignore(Ignored reason, long family, long stream) {
        ignored.merge(reason, 1L, Long::sum);
        if (!streams.contains(stream)) {
            families.missed(family);
        }
    }
}
