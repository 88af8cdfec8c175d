package dev.plait.sink.otlp;

/** Adds up what it is told. For one thread. */
final class CountedItems implements ExportCounts {
    int sent;
    int refused;
    long rejected;

    @Override
    public void sent(Signal signal, int items, Answer.Taken answer) {
        sent += items;
        rejected += answer.rejected();
    }

    @Override
    public void refused(Signal signal, int items) {
        refused += items;
    }
}
