package dev.plait.correlator.red;

/** Counts of one series in one window. */
final class WindowCell<C> {
    final C counts;

    /** After how many decisions about newcomers its series was first seen. */
    final long round;

    final boolean overflow;

    /** After how many emissions of its window it last changed: it is news as long as there was no other. */
    long changedIn;

    WindowCell(C counts, long round, boolean overflow, long changedIn) {
        this.counts = counts;
        this.round = round;
        this.overflow = overflow;
        this.changedIn = changedIn;
    }
}
