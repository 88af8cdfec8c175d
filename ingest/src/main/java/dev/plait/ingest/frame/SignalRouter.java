package dev.plait.ingest.frame;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.wire.FrameConsumer;
import dev.plait.schemas.wire.FrameSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Spreads the items of one input record over the frames of their target partitions. An item with a trace ID goes to the
 * assembler that owns the trace. A log without one goes to the matcher that owns its request ID; an item with both is
 * announced there too. An access log with neither goes to any matcher, under no request ID, only to be counted; another log
 * with neither can be joined with nothing and ends. A point of a metric that some SLO counts goes to the matcher that owns
 * its family. Nothing leaves before {@link #drain}, so a refused record leaves no trace. Belongs to one thread.
 */
public final class SignalRouter implements SignalSink {
    private static final int ANNOUNCEMENT = ItemFlags.ANNOUNCEMENT;
    private static final int POINT = ItemFlags.EXEMPLAR | ItemFlags.POINT;
    private static final byte[] NO_BYTES = new byte[0];

    /** Bad items of one record that are told one by one; the rest is told as one. */
    public static final int MAX_REJECTED = 1_000;

    private final int partitions;
    private final FrameSet frames;
    private final FrameSet requests;
    private final List<Rejected> rejected = new ArrayList<>();
    private final Map<String, Integer> normalised = new TreeMap<>();
    private Set<String> metrics = Set.of();
    private boolean hasRequest;
    private long requestHigh;
    private long requestLow;
    private int items;
    private int untraced;
    private int points;
    private int untold;
    private int redacted;

    /**
     * For one application.
     *
     * @param partitions of the assemblers, and of the matchers
     */
    public SignalRouter(int partitions) {
        this.partitions = partitions;
        this.frames = new FrameSet(partitions);
        this.requests = new FrameSet(partitions);
    }

    /**
     * Begins a record and forgets what is left of the one before.
     *
     * @param metrics names of metrics whose points are wanted
     */
    public void start(Source source, Map<String, String> tags, Set<String> metrics) {
        this.metrics = metrics;
        frames.start(source, tags);
        requests.start(source, tags);
        rejected.clear();
        normalised.clear();
        hasRequest = false;
        items = 0;
        untraced = 0;
        points = 0;
        untold = 0;
        redacted = 0;
    }

    @Override
    public int resource(byte[] bytes, int offset, int length) {
        int inFrames = frames.resource(bytes, offset, length);
        int inRequests = requests.resource(bytes, offset, length);
        return same(inFrames, inRequests);
    }

    @Override
    public int scope(byte[] bytes, int offset, int length) {
        int inFrames = frames.scope(bytes, offset, length);
        int inRequests = requests.scope(bytes, offset, length);
        return same(inFrames, inRequests);
    }

    @Override
    public void requestId(long high, long low) {
        hasRequest = true;
        requestHigh = high;
        requestLow = low;
    }

    @Override
    public void item(
            long traceHigh,
            long traceLow,
            long spanId,
            long parentOrHash,
            int flags,
            int resource,
            int scope,
            byte[] bytes,
            int offset,
            int length) {
        items++;
        boolean request = hasRequest;
        hasRequest = false;
        if (traceLow != 0) {
            int partition = TraceId.partition(traceLow, partitions);
            frames.add(
                    partition,
                    traceHigh,
                    traceLow,
                    spanId,
                    parentOrHash,
                    flags,
                    resource,
                    scope,
                    bytes,
                    offset,
                    length);
            if (request) {
                announce(traceHigh, traceLow);
            }
        } else if (ItemFlags.has(flags, ItemFlags.ACCESS_LOG) || request && ItemFlags.signal(flags) == ItemFlags.LOG) {
            long keyHigh = request ? requestHigh : 0;
            long keyLow = request ? requestLow : 0;
            requests.add(
                    TraceId.partition(matcherKey(keyHigh, keyLow, parentOrHash), partitions),
                    keyHigh,
                    keyLow,
                    spanId,
                    parentOrHash,
                    flags,
                    resource,
                    scope,
                    bytes,
                    offset,
                    length);
        } else {
            untraced++;
        }
    }

    @Override
    public boolean wantsMetric(byte[] bytes, int nameOffset, int nameLength) {
        return !metrics.isEmpty()
                && metrics.contains(new String(bytes, nameOffset, nameLength, StandardCharsets.UTF_8));
    }

    @Override
    public void point(long family, long stream, int resource, int scope, byte[] bytes, int offset, int length) {
        int partition = TraceId.partition(family, partitions);
        requests.add(partition, family, stream, 0, 0, POINT, resource, scope, bytes, offset, length);
    }

    private void announce(long traceHigh, long traceLow) {
        int partition = TraceId.partition(requestLow, partitions);
        requests.add(partition, traceHigh, traceLow, requestHigh, requestLow, ANNOUNCEMENT, NONE, NONE, NO_BYTES, 0, 0);
    }

    /** By what a log without a trace ID finds its matcher: its request ID, else its content. */
    static long matcherKey(long requestHigh, long requestLow, long contentHash) {
        return requestHigh == 0 && requestLow == 0 ? contentHash : requestLow;
    }

    @Override
    public void reject(Rejected item) {
        hasRequest = false;
        if (rejected.size() <= MAX_REJECTED) {
            rejected.add(item);
        } else {
            untold++;
        }
    }

    @Override
    public void normalised(String kind, int count) {
        normalised.merge(kind, count, Integer::sum);
    }

    @Override
    public void redacted(int count) {
        redacted += count;
    }

    @Override
    public void points(int count) {
        points += count;
    }

    /** Hands over what the record became, and forgets it; the first three as in {@link FrameSet#drain}. */
    public void drain(int sender, long watermarkMs, long arrivalMs, FrameConsumer toFrames, FrameConsumer toRequests) {
        frames.drain(sender, watermarkMs, arrivalMs, toFrames);
        requests.drain(sender, watermarkMs, arrivalMs, toRequests);
    }

    /** The bad items: at most {@link #MAX_REJECTED} and one more, which then speaks for {@link #untold} others too. */
    public List<Rejected> rejected() {
        if (untold == 0) {
            return rejected;
        }
        List<Rejected> told = new ArrayList<>(rejected);
        Rejected last = told.remove(MAX_REJECTED);
        String all = last.detail() + "; and of " + (untold + 1) + " items in all";
        told.add(new Rejected(last.reason(), all, -1, last.item()));
        return told;
    }

    /** Bad items beyond those of {@link #rejected}. */
    public int untold() {
        return untold;
    }

    public Map<String, Integer> normalised() {
        return normalised;
    }

    public int items() {
        return items;
    }

    /** Items that can be joined with nothing: they ended here. */
    public int untraced() {
        return untraced;
    }

    /** Secrets that were covered. */
    public int redacted() {
        return redacted;
    }

    public int points() {
        return points;
    }

    private static int same(int one, int other) {
        if (one != other) {
            throw new IllegalStateException("the two frame sets of a record number their slices alike");
        }
        return one;
    }
}
