package dev.plait.correlator.slo;

/** Requests added up. */
final class Sum {
    long good;
    long bad;

    void add(long moreGood, long moreBad) {
        good += moreGood;
        bad += moreBad;
    }

    boolean isZero() {
        return good == 0 && bad == 0;
    }
}
