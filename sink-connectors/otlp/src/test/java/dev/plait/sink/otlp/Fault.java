package dev.plait.sink.otlp;

import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How the backend of a test answers one request otherwise than well. */
sealed interface Fault {
    /** An HTTP status, with headers. */
    record Http(int status, Map<String, String> headers) implements Fault {}

    /** A gRPC status, with a RetryInfo. */
    record Grpc(Status.Code code, String text, Optional<Duration> retryDelay) implements Fault {}

    /** Takes the request, and says that some of it was refused. */
    record Partial(long rejected, String message) implements Fault {}

    /** Reads the request, and neither takes it nor answers until the backend is closed. */
    record Hang() implements Fault {}

    /** Takes the request, and breaks off within the answer. */
    record HalfAnswer() implements Fault {}

    /** Takes the request, and answers without an end: {@code bytes} bytes. */
    record HugeAnswer(long bytes) implements Fault {}

    static Fault http(int status) {
        return new Http(status, Map.of());
    }

    static Fault http(int status, String retryAfter) {
        return new Http(status, Map.of("Retry-After", retryAfter));
    }

    static Fault grpc(Status.Code code, String text) {
        return new Grpc(code, text, Optional.empty());
    }

    static Fault grpc(Status.Code code) {
        return grpc(code, "refused by the test");
    }
}
