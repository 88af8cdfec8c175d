package dev.plait.correlator.graph;

import dev.plait.correlator.red.Exemplars;
import dev.plait.correlator.red.LatencySketch;
import dev.plait.correlator.red.PackedReader;
import dev.plait.correlator.red.PackedWriter;
import dev.plait.correlator.red.WindowCounts;
import java.util.List;

/**
 * Calls, errors and durations of one edge: what one step added to it, or all of a window. Durations are counted on the side that
 * told them, so each may be fewer than the calls. For one thread.
 */
public final class EdgeDelta implements WindowCounts<EdgeDelta> {
    private final LatencySketch clientDurations;
    private final LatencySketch serverDurations;
    private final Exemplars exemplars;
    private long requests;
    private long errors;

    public EdgeDelta() {
        this(0, 0, new LatencySketch(), new LatencySketch(), new Exemplars());
    }

    private EdgeDelta(
            long requests,
            long errors,
            LatencySketch clientDurations,
            LatencySketch serverDurations,
            Exemplars exemplars) {
        this.requests = requests;
        this.errors = errors;
        this.clientDurations = clientDurations;
        this.serverDurations = serverDurations;
        this.exemplars = exemplars;
    }

    public void add(TimedEdge edge) {
        requests++;
        errors += edge.error() ? 1 : 0;
        edge.clientNanos().ifPresent(clientDurations::add);
        edge.serverNanos().ifPresent(serverDurations::add);
        exemplars.add(edge.error(), edge.traceHigh(), edge.traceLow());
    }

    @Override
    public void merge(EdgeDelta other) {
        requests += other.requests;
        errors += other.errors;
        clientDurations.merge(other.clientDurations);
        serverDurations.merge(other.serverDurations);
        exemplars.merge(other.exemplars);
    }

    public long requests() {
        return requests;
    }

    public long errors() {
        return errors;
    }

    public LatencySketch clientDurations() {
        return clientDurations;
    }

    public LatencySketch serverDurations() {
        return serverDurations;
    }

    /** Trace IDs, at most five. */
    public List<String> exemplars() {
        return exemplars.traceIds();
    }

    @Override
    public void write(PackedWriter out) {
        out.unsigned(requests);
        out.unsigned(errors);
        clientDurations.write(out);
        serverDurations.write(out);
        exemplars.write(out);
    }

    public static EdgeDelta read(PackedReader in) {
        return new EdgeDelta(
                in.unsigned(), in.unsigned(), LatencySketch.read(in), LatencySketch.read(in), Exemplars.read(in));
    }
}
