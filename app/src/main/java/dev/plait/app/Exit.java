package dev.plait.app;

/** What the commands exit with. */
final class Exit {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private Exit() {}
}
