package dev.plait.correlator.slo;

import dev.plait.correlator.DurableBytes;
import dev.plait.correlator.PageReader;
import dev.plait.correlator.PageWriter;
import java.util.Optional;

/**
 * The little beside counts, alerts and evidence that a tracker must know to go on after a restart as if there had been none:
 * some 40 bytes, written at most twice a second of the clock (when something was counted, and when it was evaluated).
 */
final class TrackerState {
    static final long NEVER = Long.MIN_VALUE / 2;

    private static final String KEY = "s";
    private static final int VERSION = 1;

    private final DurableBytes pages;

    /** The clock when this key was first heard of; {@link #NEVER} before. */
    long knownSinceMs = NEVER;

    /** The second of the clock in which something was last counted. */
    long countedAtMs = NEVER;

    /** Something was counted that is not evaluated. */
    boolean changed;

    long evaluatedAtMs = NEVER;

    /** Something was counted that the last status did not tell. */
    boolean untold;

    long statusAtMs = NEVER;

    /** What of the last status must be told at once when it changes. */
    String statusMark = "";

    long foldedMinutes;
    long foldedHours;

    TrackerState(DurableBytes pages) {
        this.pages = pages;
        Optional<byte[]> stored = pages.get(KEY);
        stored.ifPresent(bytes -> read(new PageReader(bytes)));
    }

    boolean isNew() {
        return knownSinceMs == NEVER;
    }

    void write() {
        PageWriter page = new PageWriter(64).number(VERSION).number(knownSinceMs);
        time(page, countedAtMs);
        page.flag(changed);
        time(page, evaluatedAtMs);
        page.flag(untold);
        time(page, statusAtMs);
        page.text(statusMark).number(foldedMinutes).number(foldedHours);
        pages.put(KEY, page.bytes());
    }

    private void read(PageReader page) {
        long version = page.number();
        if (version != VERSION) {
            throw new IllegalStateException("a stored SLO has version " + version + ", this program reads " + VERSION);
        }
        knownSinceMs = page.number();
        countedAtMs = time(page);
        changed = page.flag();
        evaluatedAtMs = time(page);
        untold = page.flag();
        statusAtMs = time(page);
        statusMark = page.text();
        foldedMinutes = page.number();
        foldedHours = page.number();
    }

    /** Never is 0: one byte instead of ten; others are told by the time since this key is known. */
    private void time(PageWriter page, long timeMs) {
        page.number(timeMs == NEVER ? 0 : timeMs - knownSinceMs + 1);
    }

    private long time(PageReader page) {
        long since = page.number();
        return since == 0 ? NEVER : knownSinceMs + since - 1;
    }
}
