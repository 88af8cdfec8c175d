package dev.plait.app;

import java.io.PrintWriter;

/**
 * How far long work is, on a terminal; silent when nobody looks. The {@code plait} script says whether standard error is one,
 * as the JVM itself cannot tell.
 */
final class Progress {
    private final PrintWriter err;
    private final String verb;
    private final long each;
    private final boolean shown;

    private Progress(PrintWriter err, String verb, long each, boolean shown) {
        this.err = err;
        this.verb = verb;
        this.each = each;
        this.shown = shown;
    }

    static Progress on(PrintWriter err, String verb, long each) {
        return new Progress(err, verb, each, Boolean.getBoolean("plait.terminal"));
    }

    void at(long records) {
        if (shown && records % each == 0) {
            err.print("\r" + verb + " " + records + " records");
            err.flush();
        }
    }

    /** The last word, also where no progress was shown. */
    void end(long records) {
        err.println((shown ? "\r" : "") + verb + " " + records + " records");
    }
}
