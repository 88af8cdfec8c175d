package dev.plait.correlator.trace;

/** The running numbers behind {@link AssemblerCounts}. */
final class Tally {
    long ignored;
    private long distinct;
    private long duplicates;
    private long unkept;
    private long closings;
    private long revisions;
    private long deltas;
    private long lates;
    private long limits;

    void item(int outcome) {
        if ((outcome & Gatherer.DISTINCT) != 0) {
            distinct++;
        } else {
            duplicates++;
        }
        if ((outcome & Gatherer.UNKEPT) != 0) {
            unkept++;
        }
    }

    void closing(Closing closing) {
        closings++;
        revisions += closing.revision() > 1 ? 1 : 0;
        deltas += closing.delta() ? 1 : 0;
        switch (closing.reason()) {
            case MAX_AGE, MAX_SPANS, MAX_BYTES -> limits++;
            case LATE -> lates++;
            case ROOT_COMPLETE, IDLE -> {}
        }
    }

    AssemblerCounts counts() {
        long items = distinct + duplicates + ignored;
        return new AssemblerCounts(
                items, distinct, duplicates, ignored, unkept, closings, revisions, deltas, lates, limits);
    }
}
