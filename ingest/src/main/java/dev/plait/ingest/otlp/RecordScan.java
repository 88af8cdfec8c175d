package dev.plait.ingest.otlp;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import java.util.BitSet;

/**
 * What is known while one record is scanned: where items go, what number the next one has, which resource and scope it is
 * under. Items are numbered over the record: spans, log records, metrics; one that never got this far (a bad item of a JSON
 * document) keeps its number.
 */
final class RecordScan {
    static final int MAX_TOLD = 10_000;

    private final SharedSlice resource = new SharedSlice();
    private final SharedSlice scope = new SharedSlice();
    private final Normalised.Counts normalised = new Normalised.Counts();
    private final SignalSink sink;
    private final BitSet missing;
    private final boolean hasPositions;
    private final SliceMask shared;
    private boolean proxyLog;
    private boolean anyGroup;
    private int item = -1;
    private int accepted;
    private int rejected;
    private Rejected last = Rejected.record(Reason.EMPTY, "", -1);

    /**
     * @param missing numbers of items that were refused before and are not in the bytes
     * @param hasPositions whether offsets in the bytes mean something to who sent them
     * @param shared covers secrets of resources and scopes
     */
    RecordScan(SignalSink sink, BitSet missing, boolean hasPositions, SliceMask shared) {
        this.sink = sink;
        this.missing = missing;
        this.hasPositions = hasPositions;
        this.shared = shared;
    }

    SharedSlice resource() {
        return resource;
    }

    SharedSlice scope() {
        return scope;
    }

    /** Whether the resource is that of an Envoy access logger. */
    boolean isProxyLog() {
        return proxyLog;
    }

    void proxyLog(boolean is) {
        proxyLog = is;
    }

    /** Whether there was anything that could be a group of any signal. */
    boolean hasGroup() {
        return anyGroup;
    }

    void group() {
        anyGroup = true;
    }

    /** Items and points handed over so far. */
    int accepted() {
        return accepted;
    }

    int rejected() {
        return rejected;
    }

    /** Whether so many items were bad, and none good, that the rest need not be read: the record is refused as a whole. */
    boolean isHopeless() {
        return accepted == 0 && rejected >= MAX_TOLD;
    }

    /** Gives the next item its number; every item is announced so, once. */
    void nextItem() {
        item = missing.nextClearBit(item + 1);
    }

    void requestId(long high, long low) {
        sink.requestId(high, low);
    }

    /** The current item, or one of several that a metric holds, with its secrets covered. */
    void item(long high, long low, long spanId, long parentOrHash, int flags, SliceMask slice) {
        accepted++;
        redacted(slice);
        int at = slice.maskedOffset();
        sink.item(
                high,
                low,
                spanId,
                parentOrHash,
                flags,
                resourceHandle(),
                scopeHandle(),
                slice.masked(),
                at,
                slice.length());
    }

    /** Has the current item handed over as an access log, if {@code logs} can read it. */
    boolean handOver(ProxyLogs logs, byte[] bytes, int offset, int length) {
        boolean read = logs.handTo(sink, bytes, offset, length, resourceHandle(), resource.hash());
        accepted += read ? 1 : 0;
        return read;
    }

    private int resourceHandle() {
        if (!resource.isHandedOver()) {
            redacted(resource.cover(OtlpSchema.RESOURCE, shared));
        }
        return resource.resource(sink);
    }

    private int scopeHandle() {
        if (!scope.isHandedOver()) {
            redacted(scope.cover(OtlpSchema.SCOPE, shared));
        }
        return scope.scope(sink);
    }

    /** Counts what was covered. */
    void redacted(SliceMask slice) {
        if (slice.secrets() > 0) {
            sink.redacted(slice.secrets());
        }
    }

    boolean wantsMetric(byte[] bytes, int nameOffset, int nameLength) {
        return sink.wantsMetric(bytes, nameOffset, nameLength);
    }

    /** A wanted point of the current metric; it counts as accepted elsewhere. */
    void point(long family, long stream, SliceMask slice) {
        redacted(slice);
        int at = slice.maskedOffset();
        sink.point(family, stream, resourceHandle(), scopeHandle(), slice.masked(), at, slice.length());
    }

    void points(int count) {
        accepted += count;
        sink.points(count);
    }

    /** Beyond {@link #MAX_TOLD} what was said of the last one is said of all: nobody reads so many, and each costs memory. */
    void reject(Reason reason, String detail, int atByte) {
        rejected++;
        if (rejected <= MAX_TOLD) {
            last = new Rejected(reason, detail, hasPositions ? atByte : -1, item);
        }
        sink.reject(last);
    }

    void normalised(Normalised kind) {
        normalised.add(kind);
    }

    void finish() {
        normalised.tell(sink);
    }
}
