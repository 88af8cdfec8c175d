package dev.plait.app.demo;

/** An HTTP response; its body is only a size. */
record Response(int status, int sizeBytes) {
    boolean isServerError() {
        return status >= 500;
    }
}
