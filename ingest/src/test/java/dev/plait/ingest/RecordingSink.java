package dev.plait.ingest;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Keeps what a decoder hands over, as a frame would: copies of the slices, and which request ID went with which item. */
public final class RecordingSink implements SignalSink {
    /** One item; resource and scope are the bytes they were given as, empty when there are none. */
    public record Item(
            long traceHigh,
            long traceLow,
            long spanId,
            long parentOrHash,
            int flags,
            ByteString resource,
            ByteString scope,
            ByteString bytes,
            Optional<RequestKey> requestId) {}

    /** One point of a wanted metric, as handed over. */
    public record Point(long family, long stream, ByteString resource, ByteString scope, ByteString bytes) {}

    private final Set<String> wanted;
    private final List<Point> wantedPoints = new ArrayList<>();
    private final List<ByteString> resources = new ArrayList<>();
    private final List<ByteString> scopes = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final Map<String, Integer> normalised = new TreeMap<>();
    private Optional<RequestKey> requestId = Optional.empty();
    private int points;
    private int redacted;

    /** @param metrics names of those whose points are wanted */
    public RecordingSink(String... metrics) {
        wanted = Set.of(metrics);
    }

    public List<Point> wantedPoints() {
        return wantedPoints;
    }

    public List<Item> items() {
        return items;
    }

    public Item onlyItem() {
        if (items.size() != 1) {
            throw new AssertionError("one item expected, got " + items.size() + ", refused " + rejected);
        }
        return items.get(0);
    }

    public List<Rejected> rejected() {
        return rejected;
    }

    public Map<String, Integer> normalised() {
        return normalised;
    }

    /** How many secrets were covered. */
    public int redacted() {
        return redacted;
    }

    public int points() {
        return points;
    }

    public int resources() {
        return resources.size();
    }

    @Override
    public int resource(byte[] bytes, int offset, int length) {
        resources.add(ByteString.copyFrom(bytes, offset, length));
        return resources.size() - 1;
    }

    @Override
    public int scope(byte[] bytes, int offset, int length) {
        scopes.add(ByteString.copyFrom(bytes, offset, length));
        return scopes.size() - 1;
    }

    @Override
    public void requestId(long high, long low) {
        requestId = Optional.of(new RequestKey(high, low));
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
        items.add(new Item(
                traceHigh,
                traceLow,
                spanId,
                parentOrHash,
                flags,
                resource == NONE ? ByteString.EMPTY : resources.get(resource),
                scope == NONE ? ByteString.EMPTY : scopes.get(scope),
                ByteString.copyFrom(bytes, offset, length),
                requestId));
        requestId = Optional.empty();
    }

    @Override
    public void reject(Rejected item) {
        rejected.add(item);
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

    @Override
    public boolean wantsMetric(byte[] bytes, int nameOffset, int nameLength) {
        return wanted.contains(
                ByteString.copyFrom(bytes, nameOffset, nameLength).toStringUtf8());
    }

    @Override
    public void point(long family, long stream, int resource, int scope, byte[] bytes, int offset, int length) {
        wantedPoints.add(new Point(
                family,
                stream,
                resource == NONE ? ByteString.EMPTY : resources.get(resource),
                scope == NONE ? ByteString.EMPTY : scopes.get(scope),
                ByteString.copyFrom(bytes, offset, length)));
    }
}
