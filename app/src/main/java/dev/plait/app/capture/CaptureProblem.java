package dev.plait.app.capture;

import java.io.IOException;

/** A capture file that cannot be read on. The message is one line: {@code file:line: what is wrong and what would be right}. */
public final class CaptureProblem extends IOException {
    private static final long serialVersionUID = 1L;

    CaptureProblem(String file, long line, String message) {
        super(file + ":" + line + ": " + message);
    }
}
