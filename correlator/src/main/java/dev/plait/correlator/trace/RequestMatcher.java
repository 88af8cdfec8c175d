package dev.plait.correlator.trace;

import dev.plait.schemas.model.FrameItems;
import dev.plait.schemas.model.ItemFlags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/**
 * Joins logs that name no trace with the trace of which some item names the same request ID, in either order of arrival. A
 * log waits {@code waitMs} after its arrival and then ends untraced; an announcement is remembered {@code rememberMs}. Both
 * come in frames: a log's trace ID slots hold its request key; an announcement's hold the trace, and its span and parent
 * slots the request key.
 *
 * <p>The state is a function of the frames and of the clock before each of them, so that replaying kept frames rebuilds it.
 * A log that arrives twice waits once; one without a request ID (both slots zero) waits for nothing and is untraced at once; metric points are passed over.
 * When two traces announce one request ID, the first keeps it.
 */
public final class RequestMatcher {
    /** Logs of one request ID that are looked at; the rest of so common an ID stays untraced. */
    static final int MAX_LOGS = 64;

    /** Of these, logs of programs, so that a talkative one leaves room for its request's access logs. */
    static final int MAX_PROGRAM_LOGS = 48;

    private final long waitMs;
    private final long rememberMs;
    private final Map<Key, Request> requests = new HashMap<>();
    private final PriorityQueue<Held> held =
            new PriorityQueue<>(Comparator.comparingLong(Held::deadlineMs).thenComparingLong(Held::sequence));
    private long untraced;
    private long ambiguous;
    private int waiting;

    public RequestMatcher(long waitMs, long rememberMs) {
        if (waitMs <= 0 || rememberMs <= 0) {
            throw new IllegalArgumentException("both times are positive");
        }
        this.waitMs = waitMs;
        this.rememberMs = rememberMs;
    }

    /** Takes a log that has found its trace. */
    @FunctionalInterface
    public interface Matches {
        void matched(long sequence, int item, long traceHigh, long traceLow);
    }

    /** Takes a log that has found none; its frame is still stored. */
    @FunctionalInterface
    public interface Unmatched {
        void ended(long sequence, int item);
    }

    /** Takes the items of one frame, and tells the logs that have found their trace with it. */
    public void append(long sequence, FrameItems frame, Matches out) {
        List<Key> logs = new ArrayList<>();
        List<Key> announced = new ArrayList<>();
        for (int item = 0; item < frame.size(); item++) {
            if (ItemFlags.has(frame.flags(item), ItemFlags.POINT)) {
                continue;
            }
            if (ItemFlags.signal(frame.flags(item)) == ItemFlags.ANNOUNCEMENT) {
                announced.add(announce(frame, item, out));
            } else if (frame.traceHigh(item) == 0 && frame.traceLow(item) == 0) {
                untraced++;
            } else {
                logs.add(wait(sequence, frame, item, out));
            }
        }
        held.add(new Held(sequence, frame.arrivalMs() + waitMs, logs, false, announced.isEmpty()));
        if (!announced.isEmpty()) {
            held.add(new Held(sequence, frame.arrivalMs() + Math.max(waitMs, rememberMs), announced, true, true));
        }
    }

    private Key announce(FrameItems frame, int item, Matches out) {
        Key key = new Key(frame.spanId(item), frame.parentSpanId(item));
        Request request = requests.computeIfAbsent(key, absent -> new Request());
        long high = frame.traceHigh(item);
        long low = frame.traceLow(item);
        request.announcements++;
        if (request.traceLow == 0) {
            request.traceHigh = high;
            request.traceLow = low;
        } else if (request.traceLow == low) {
            request.traceHigh = request.traceHigh == 0 ? high : request.traceHigh;
        } else {
            ambiguous++;
        }
        for (Waiting log : request.logs) {
            if (!log.matched) {
                log.matched = true;
                waiting--;
                out.matched(log.sequence, log.item, request.traceHigh, request.traceLow);
            }
        }
        return key;
    }

    private Key wait(long sequence, FrameItems frame, int item, Matches out) {
        Key key = new Key(frame.traceHigh(item), frame.traceLow(item));
        Request request = requests.computeIfAbsent(key, absent -> new Request());
        long hash = frame.contentHash(item);
        if (request.logs.stream().anyMatch(log -> log.hash == hash)) {
            return key;
        }
        boolean access = ItemFlags.has(frame.flags(item), ItemFlags.ACCESS_LOG);
        if (request.logs.size() >= (access ? MAX_LOGS : MAX_PROGRAM_LOGS)) {
            untraced++;
            return key;
        }
        Waiting log = new Waiting(sequence, item, hash);
        request.logs.add(log);
        if (request.traceLow == 0) {
            waiting++;
        } else {
            log.matched = true;
            out.matched(sequence, item, request.traceHigh, request.traceLow);
        }
        return key;
    }

    /**
     * Lets go of what has waited long enough: first tells the logs that found no trace, then the frames of which nothing is
     * needed any more.
     */
    public void expire(long clockMs, LongConsumer freedFrames, Unmatched unmatched) {
        while (!held.isEmpty() && held.peek().deadlineMs <= clockMs) {
            Held due = held.remove();
            for (Key key : due.keys) {
                release(key, due.sequence, due.announcements, unmatched);
            }
            if (due.last) {
                freedFrames.accept(due.sequence);
            }
        }
    }

    private void release(Key key, long sequence, boolean announcement, Unmatched unmatched) {
        Request request = requests.get(key);
        if (request == null) {
            return;
        }
        if (announcement) {
            request.announcements--;
            if (request.announcements == 0) {
                request.traceLow = 0;
                request.traceHigh = 0;
            }
        } else {
            releaseLogs(request, sequence, unmatched);
        }
        if (request.announcements == 0 && request.logs.isEmpty()) {
            requests.remove(key);
        }
    }

    private void releaseLogs(Request request, long sequence, Unmatched unmatched) {
        Iterator<Waiting> logs = request.logs.iterator();
        while (logs.hasNext()) {
            Waiting log = logs.next();
            if (log.sequence == sequence) {
                logs.remove();
                if (!log.matched) {
                    waiting--;
                    untraced++;
                    unmatched.ended(log.sequence, log.item);
                }
            }
        }
    }

    /** Logs that wait now. */
    public int waiting() {
        return waiting;
    }

    /** Logs that ended without a trace, since the start. */
    public long untraced() {
        return untraced;
    }

    /** Announcements of a request ID that another trace had announced, since the start. */
    public long ambiguous() {
        return ambiguous;
    }

    private record Key(long high, long low) {}

    /** What is known of one request ID. */
    private static final class Request {
        private final List<Waiting> logs = new ArrayList<>(1);
        private long traceHigh;
        private long traceLow;
        private int announcements;
    }

    /** One log of a request; kept after it matched, so that its copies are told until its time is over. */
    private static final class Waiting {
        private final long sequence;
        private final int item;
        private final long hash;
        private boolean matched;

        Waiting(long sequence, int item, long hash) {
            this.sequence = sequence;
            this.item = item;
            this.hash = hash;
        }
    }

    /** When the logs, or the announcements, of a frame are let go; the last of a frame's two frees it. */
    private record Held(long sequence, long deadlineMs, List<Key> keys, boolean announcements, boolean last) {}
}
