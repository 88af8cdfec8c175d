package dev.plait.app.doctor;

/**
 * The part of a topic that was read.
 *
 * @param fromMs when it begins, by which rates are computed
 * @param cut whether there was more in the window than a run reads; the newest is what was read
 */
record Slice(long records, long bytes, long fromMs, long untilMs, boolean cut) {
    static final Slice NOTHING = new Slice(0, 0, 0, 0, false);

    double perSecond(long count) {
        return count * 1000.0 / Math.max(1000, untilMs - fromMs);
    }
}
