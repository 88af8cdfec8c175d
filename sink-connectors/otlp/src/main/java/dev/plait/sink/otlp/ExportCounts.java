package dev.plait.sink.otlp;

/** Is told what became of items. */
interface ExportCounts {
    /** {@code items} were sent, and taken as {@code answer} says. */
    void sent(Signal signal, int items, Answer.Taken answer);

    /** {@code items} were refused with the whole of their request. */
    void refused(Signal signal, int items);
}
