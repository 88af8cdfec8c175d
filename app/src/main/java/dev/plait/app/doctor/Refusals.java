package dev.plait.app.doctor;

import dev.plait.ingest.Rejected;
import java.util.EnumMap;
import java.util.Map;

/** How often each reason refused something of one topic, and the first example of each. */
final class Refusals {
    /**
     * One reason.
     *
     * @param example the decoder's sentence and where it was: {@code topic-partition@offset}
     */
    record Refusal(long count, String example) {}

    private final Map<Rejected.Reason, Refusal> reasons = new EnumMap<>(Rejected.Reason.class);

    void add(Rejected rejected, String where) {
        reasons.merge(
                rejected.reason(),
                new Refusal(1, rejected.detail() + " (" + where + ")"),
                (had, more) -> new Refusal(had.count() + 1, had.example()));
    }

    Map<Rejected.Reason, Refusal> byReason() {
        return reasons;
    }

    long of(Rejected.Reason reason) {
        return reasons.containsKey(reason) ? reasons.get(reason).count() : 0;
    }
}
