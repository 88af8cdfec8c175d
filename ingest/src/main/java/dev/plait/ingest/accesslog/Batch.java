package dev.plait.ingest.accesslog;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import java.util.Optional;

/**
 * Numbers the items of one record and decides whether bad ones are refused alone or the record as a whole: as a whole when it
 * has only one item, or none that is a log of this format. Reused after {@link #clear}.
 */
public final class Batch {
    private int items;
    private int good;
    private Optional<Rejected> first = Optional.empty();
    private boolean otherFormat;

    public void clear() {
        items = 0;
        good = 0;
        first = Optional.empty();
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

    /** Refuses the next item; {@code where} completes the problem's sentence. */
    public void refuse(Problem problem, String where, int atByte, SignalSink sink) {
        Reason reason = problem.reason();
        Rejected item = new Rejected(reason, problem.detail() + ' ' + where, atByte, items);
        sink.reject(item);
        if (first.isEmpty()) {
            first = Optional.of(item);
        }
        otherFormat &= reason == Reason.WRONG_FORMAT;
        items++;
    }

    /** Why the whole record is refused, after its last item. */
    public Optional<Rejected> verdict() {
        boolean whole = good == 0 && (items == 1 || otherFormat);
        return whole
                ? first.map(item -> Rejected.record(item.reason(), item.detail(), item.atByte()))
                : Optional.empty();
    }
}
