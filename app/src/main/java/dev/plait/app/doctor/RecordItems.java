package dev.plait.app.doctor;

import dev.plait.app.backtest.LatestTime;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;
import dev.plait.schemas.model.ItemFlags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The items of one record by sender, as its decoder hands them over. Reused; one thread. */
final class RecordItems implements SignalSink {
    private static final String UNNAMED = "(unnamed)";

    /** Batches and clocks are allowed that much. */
    private static final long AHEAD_MS = 2_000;

    private static final long BEHIND_MS = 60_000;

    private final List<String> senders = new ArrayList<>();
    private final Map<String, ItemCounts> bySender = new LinkedHashMap<>();
    private final Map<String, Integer> normalised = new LinkedHashMap<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private long recordMs;
    private boolean hasRequest;
    private int points;
    private int namedPoints;

    void begin(long timestampMs) {
        senders.clear();
        bySender.clear();
        normalised.clear();
        rejected.clear();
        recordMs = timestampMs;
        hasRequest = false;
        points = 0;
        namedPoints = 0;
    }

    Map<String, ItemCounts> bySender() {
        return bySender;
    }

    Map<String, Integer> normalisedKinds() {
        return normalised;
    }

    List<Rejected> rejected() {
        return rejected;
    }

    /** Points whose sender is not known: those of summaries and those without a value. */
    int unnamedPoints() {
        return Math.max(0, points - namedPoints);
    }

    @Override
    public int resource(byte[] bytes, int offset, int length) {
        senders.add(SenderName.of(bytes, offset, length).orElse(UNNAMED));
        return senders.size() - 1;
    }

    @Override
    public void requestId(long high, long low) {
        hasRequest = true;
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
        ItemCounts counts = counts(resource);
        boolean request = hasRequest;
        hasRequest = false;
        counts.narrowIds += traceLow != 0 && traceHigh == 0 ? 1 : 0;
        switch (ItemFlags.signal(flags)) {
            case ItemFlags.SPAN -> counts.spans++;
            case ItemFlags.LOG -> {
                counts.logs++;
                log(counts, ItemFlags.has(flags, ItemFlags.ACCESS_LOG), traceLow != 0, request);
            }
            default -> {
                // an exemplar is of a point: nothing to compare with the record's time
                counts.points++;
                return;
            }
        }
        time(counts, LatestTime.ofItem(flags, bytes, offset, length) / 1_000_000);
    }

    private static void log(ItemCounts counts, boolean access, boolean traced, boolean request) {
        counts.accessLogs += access ? 1 : 0;
        if (!traced) {
            counts.logsWithoutTrace++;
            counts.accessLogsWithoutTrace += access ? 1 : 0;
            counts.accessLogsByRequest += access && request ? 1 : 0;
        }
    }

    private void time(ItemCounts counts, long itemMs) {
        if (itemMs == 0 || recordMs <= 0) {
            return;
        }
        long aheadMs = itemMs - recordMs;
        if (aheadMs > AHEAD_MS) {
            counts.ahead++;
            counts.maxAheadMs = Math.max(counts.maxAheadMs, aheadMs);
        } else if (aheadMs < -BEHIND_MS) {
            counts.behind++;
            counts.maxBehindMs = Math.max(counts.maxBehindMs, -aheadMs);
        }
    }

    private ItemCounts counts(int resource) {
        String sender = resource == NONE ? UNNAMED : senders.get(resource);
        return bySender.computeIfAbsent(sender, name -> new ItemCounts());
    }

    @Override
    public void reject(Rejected item) {
        hasRequest = false;
        rejected.add(item);
    }

    @Override
    public void normalised(String kind, int count) {
        normalised.merge(kind, count, Integer::sum);
    }

    @Override
    public void points(int count) {
        points += count;
    }

    /** All are: only so does a sink learn whose they are. */
    @Override
    public boolean wantsMetric(byte[] bytes, int nameOffset, int nameLength) {
        return true;
    }

    @Override
    public void point(long family, long stream, int resource, int scope, byte[] bytes, int offset, int length) {
        counts(resource).points++;
        namedPoints++;
    }
}
