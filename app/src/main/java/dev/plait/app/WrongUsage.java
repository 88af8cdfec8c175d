package dev.plait.app;

/** Options or files given that cannot be right, whatever the state of the world. One line that says what would be. */
final class WrongUsage extends Exception {
    private static final long serialVersionUID = 1L;

    WrongUsage(String message) {
        super(message);
    }
}
