package dev.plait.ingest.otlp;

import dev.plait.schemas.model.GrpcCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * gRPC status codes in the forms that telemetry carries: {@code 14}, {@code "14"}, {@code UNAVAILABLE}, {@code Unavailable}.
 * Source: grpc/doc/statuscodes.md; which ones fail a server: OpenTelemetry semantic conventions for gRPC.
 */
public final class GrpcStatus {
    static final int NONE = -1;
    static final int OK = 0;

    /** A status that says something, but not in gRPC's words. */
    static final int FOREIGN = Integer.MAX_VALUE;

    private static final String[] PLAIN_NAMES = Arrays.stream(GrpcCode.values())
            .map(code -> code.name().replace("_", ""))
            .toArray(String[]::new);

    private static final int SERVER_ERRORS = 1 << 2 | 1 << 4 | 1 << 12 | 1 << 13 | 1 << 14 | 1 << 15;

    private GrpcStatus() {}

    /** Of an attribute's value; {@link #NONE} when it is empty or {@code -}. */
    static int of(AttributeReader attribute) {
        int code = attribute.code();
        if (code >= 0) {
            return code < PLAIN_NAMES.length ? code : FOREIGN;
        }
        if (attribute.kind() != AttributeReader.STRING) {
            return NONE;
        }
        return named(attribute.bytes(), attribute.offset(), attribute.length());
    }

    /** Whether a server that answers {@code code} has failed, and not its caller. */
    static boolean isServerError(int code) {
        return code >= 0 && code < PLAIN_NAMES.length && (SERVER_ERRORS >>> code & 1) != 0;
    }

    /** The name, as {@code DEADLINE_EXCEEDED}, of a status in any form; empty when it is none of gRPC's. */
    public static Optional<String> name(String status) {
        return GrpcCode.of(status).map(GrpcCode::name);
    }

    /** Whether a server that answers a status in any form has failed, and not its caller. */
    public static boolean isServerError(String status) {
        return isServerError(code(status));
    }

    private static int code(String status) {
        byte[] text = status.getBytes(StandardCharsets.UTF_8);
        int number = text.length <= 2 ? AttributeReader.decimal(text, 0, text.length) : -1;
        return number >= 0 ? number : named(text, 0, text.length);
    }

    private static int named(byte[] bytes, int offset, int length) {
        if (length == 0 || length == 1 && bytes[offset] == '-') {
            return NONE;
        }
        for (int code = 0; code < PLAIN_NAMES.length; code++) {
            if (isName(PLAIN_NAMES[code], bytes, offset, length)) {
                return code;
            }
        }
        return FOREIGN;
    }

    /** Whatever the case, with or without underscores. */
    private static boolean isName(String name, byte[] bytes, int offset, int length) {
        int matched = 0;
        for (int i = offset; i < offset + length; i++) {
            int letter = bytes[i];
            if (letter == '_') {
                continue;
            }
            int upper = letter >= 'a' && letter <= 'z' ? letter - 32 : letter;
            if (matched == name.length() || name.charAt(matched) != upper) {
                return false;
            }
            matched++;
        }
        return matched == name.length();
    }
}
