package dev.plait.correlator.red;

import dev.plait.schemas.model.CountedRequest;
import java.util.List;

/**
 * Requests, errors and durations of one series: what one frame added to it, or all of a window. Written in about 3 bytes for
 * each bin of durations, 17 for each exemplar and 13 more. For one thread.
 */
public final class RedDelta implements WindowCounts<RedDelta> {
    private final LatencySketch durations;
    private final Exemplars exemplars;
    private long errors;
    private long untimed;

    public RedDelta() {
        this(0, 0, new LatencySketch(), new Exemplars());
    }

    private RedDelta(long errors, long untimed, LatencySketch durations, Exemplars exemplars) {
        this.errors = errors;
        this.untimed = untimed;
        this.durations = durations;
        this.exemplars = exemplars;
    }

    public void add(CountedRequest request) {
        errors += request.error() ? 1 : 0;
        if (request.isTimed()) {
            durations.add(request.durationNanos());
        } else {
            untimed++;
        }
        exemplars.add(request.error(), request.traceHigh(), request.traceLow());
    }

    @Override
    public void merge(RedDelta other) {
        errors += other.errors;
        untimed += other.untimed;
        durations.merge(other.durations);
        exemplars.merge(other.exemplars);
    }

    public long requests() {
        return durations.count() + untimed;
    }

    public long errors() {
        return errors;
    }

    /** Of the requests whose durations are known. */
    public LatencySketch durations() {
        return durations;
    }

    /** Trace IDs, at most five. */
    public List<String> exemplars() {
        return exemplars.traceIds();
    }

    @Override
    public void write(PackedWriter out) {
        out.unsigned(errors);
        out.unsigned(untimed);
        durations.write(out);
        exemplars.write(out);
    }

    public static RedDelta read(PackedReader in) {
        return new RedDelta(in.unsigned(), in.unsigned(), LatencySketch.read(in), Exemplars.read(in));
    }
}
