package dev.plait.ingest.accesslog;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import java.util.Optional;

/**
 * Numbers the items of one record and decides whether bad ones are refused alone or the record as a whole: as a whole when it
 * has only one item, none of this format, or {@link #MAX_BAD} bad ones before the first that is good. Reused after {@link
 * #clear}.
 */
public final class Batch {
    /** After so many bad items and none that is good the rest is not read: the record is refused, and kept, as a whole. */
    static final int MAX_BAD = 5_000;

    /** No sender puts more into a record; each has its price, however short it is. */
    static final int MAX_ITEMS = 200_000;

    /** Each is told, and costs an exception. */
    static final int MAX_BAD_AMONG_GOOD = 20_000;

    private int items;
    private int good;
    private Optional<Rejected> first = Optional.empty();
    /** What is said of all beyond: nobody reads so many, and each would cost memory. */
    private Optional<Rejected> more = Optional.empty();

    private boolean otherFormat;

    public void clear() {
        items = 0;
        good = 0;
        first = Optional.empty();
        more = Optional.empty();
        otherFormat = true;
    }

    /** Good and bad items so far. */
    public int items() {
        return items;
    }

    public void accept() {
        items++;
        good++;
    }

    /** Whether the caller need not read on. */
    public boolean isHopeless() {
        return good == 0 && items >= MAX_BAD;
    }

    /** Whether the record has more items, or more bad ones, than are read one by one: the rest is refused as one. */
    public boolean isFull() {
        return items >= MAX_ITEMS || items - good >= MAX_BAD_AMONG_GOOD;
    }

    /** Refuses as one item the lines that are left from {@code from} on, if it is full. */
    public void refuseRest(byte[] bytes, int from, SignalSink sink) {
        int atByte = isFull() ? Payload.firstNonBlank(bytes, Math.min(from, bytes.length), bytes.length) : bytes.length;
        if (atByte < bytes.length) {
            String limit = "above " + MAX_ITEMS + " lines, or " + MAX_BAD_AMONG_GOOD + " bad ones,";
            refuseRest(limit + " at byte ", atByte, sink);
        }
    }

    /** Refuses as one item what is left and begins at {@code atByte}, which completes the sentence of {@code limit}. */
    public void refuseRest(String limit, int atByte, SignalSink sink) {
        sink.reject(new Rejected(Reason.TOO_MANY, "Too many: " + limit + atByte, atByte, items));
        items++;
    }

    /** Refuses the next item; {@code where} and, unless it is -1, {@code atByte} complete the problem's sentence. */
    public void refuse(Problem problem, String where, int atByte, SignalSink sink) {
        Reason reason = problem.reason();
        Rejected item =
                items < MAX_BAD ? told(problem, where, atByte) : more.orElseGet(() -> told(problem, where, atByte));
        sink.reject(item);
        if (first.isEmpty()) {
            first = Optional.of(item);
        }
        if (items >= MAX_BAD && more.isEmpty()) {
            more = Optional.of(item);
        }
        otherFormat &= reason == Reason.WRONG_FORMAT;
        items++;
    }

    /** Why the whole record is refused, after its last item. */
    public Optional<Rejected> verdict() {
        if (isHopeless() && !otherFormat) {
            return Optional.of(
                    Rejected.record(Reason.TOO_MANY, "Too many: the first " + MAX_BAD + " items are all bad", -1));
        }
        boolean whole = good == 0 && (items == 1 || otherFormat);
        return whole
                ? first.map(item -> Rejected.record(item.reason(), item.detail(), item.atByte()))
                : Optional.empty();
    }

    private Rejected told(Problem problem, String where, int atByte) {
        String place = atByte < 0 ? where : where + atByte;
        return new Rejected(problem.reason(), problem.detail() + ' ' + place, atByte, items);
    }
}
