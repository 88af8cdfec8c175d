package dev.plait.schemas.model;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The status codes of gRPC; their names are those that telemetry carries. Source: grpc/grpc, doc/statuscodes.md. */
public enum GrpcCode {
    OK(0),
    CANCELLED(1),
    UNKNOWN(2),
    INVALID_ARGUMENT(3),
    DEADLINE_EXCEEDED(4),
    NOT_FOUND(5),
    ALREADY_EXISTS(6),
    PERMISSION_DENIED(7),
    RESOURCE_EXHAUSTED(8),
    FAILED_PRECONDITION(9),
    ABORTED(10),
    OUT_OF_RANGE(11),
    UNIMPLEMENTED(12),
    INTERNAL(13),
    UNAVAILABLE(14),
    DATA_LOSS(15),
    UNAUTHENTICATED(16);

    private static final int LONGEST = 32;
    private static final Map<String, GrpcCode> BY_TEXT = byText();

    private final int number;

    GrpcCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Of {@code 14}, {@code UNAVAILABLE}, {@code Unavailable} or {@code deadline_exceeded}; empty when it is none. */
    public static Optional<GrpcCode> of(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        return Optional.ofNullable(BY_TEXT.get(plain(text)));
    }

    private static String plain(String name) {
        return name.replace("_", "").toUpperCase(Locale.ROOT);
    }

    private static Map<String, GrpcCode> byText() {
        Map<String, GrpcCode> codes = new HashMap<>();
        for (GrpcCode code : values()) {
            codes.put(plain(code.name()), code);
            codes.put(Integer.toString(code.number), code);
        }
        return Map.copyOf(codes);
    }
}
