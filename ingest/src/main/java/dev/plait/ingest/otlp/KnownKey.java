package dev.plait.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The attribute keys that the scanners look at, recognised from bytes without making text of them: a table with
 * one candidate per length and outer bytes, so that most keys cost one array read. Source of the names: formats of Kong, Envoy and the semantic conventions, old and new.
 */
enum KnownKey {
    NONE(""),
    ERROR("error"),
    ERROR_TYPE("error.type"),
    HTTP_METHOD("http.request.method"),
    HTTP_STATUS("http.response.status_code"),
    OLD_HTTP_STATUS("http.status_code"),
    RPC_STATUS("rpc.status_code"),
    RPC_RESPONSE_STATUS("rpc.response.status_code"),
    RPC_GRPC_STATUS("rpc.grpc.status_code"),
    GRPC_STATUS("grpc.status_code"),
    RESPONSE_FLAGS("response_flags"),
    ENVOY_RESPONSE_FLAGS("envoy.response_flags"),
    KONG_REQUEST_ID("kong.request.id"),
    /** Kong's name for it in its runtime log lines. */
    REQUEST_ID("request.id"),
    ENVOY_REQUEST_ID("guid:x-request-id"),
    REQUEST_ID_HEADER("http.request.header.x-request-id"),
    /** Resource attribute of Envoy's OTLP access logger. */
    LOG_NAME("log_name"),
    /** Any other key of Kong's own. */
    KONG("kong.");

    /** Power of two with a place for each key; a key's place follows from its length and outer bytes. */
    private static final int PLACES = 64;

    private static final Name[] NAMES = names();
    private static final byte[] KONG_PREFIX = KONG.name.getBytes(StandardCharsets.US_ASCII);

    private final String name;

    KnownKey(String name) {
        this.name = name;
    }

    /** The key in {@code [offset, offset + length)}, or NONE. */
    static KnownKey of(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return NONE;
        }
        Name name = NAMES[place(length, bytes[offset], bytes[offset + length - 1])];
        if (name.bytes.length == length && Arrays.equals(bytes, offset, offset + length, name.bytes, 0, length)) {
            return name.key;
        }
        return bytes[offset] == 'k' && isKong(bytes, offset, length) ? KONG : NONE;
    }

    private static int place(int length, byte first, byte last) {
        return length * 3 + first * 7 + last & PLACES - 1;
    }

    private static boolean isKong(byte[] bytes, int offset, int length) {
        int prefix = KONG_PREFIX.length;
        return length > prefix && Arrays.equals(bytes, offset, offset + prefix, KONG_PREFIX, 0, prefix);
    }

    private static Name[] names() {
        Name[] names = new Name[PLACES];
        Arrays.fill(names, new Name(NONE));
        for (KnownKey key : values()) {
            if (key != NONE && key != KONG) {
                Name name = new Name(key);
                int place = place(name.bytes.length, name.bytes[0], name.bytes[name.bytes.length - 1]);
                if (names[place].key != NONE) {
                    throw new IllegalStateException(key + " and " + names[place].key + " have one place");
                }
                names[place] = name;
            }
        }
        return names;
    }

    private static final class Name {
        private final KnownKey key;
        private final byte[] bytes;

        Name(KnownKey key) {
            this.key = key;
            this.bytes = key.name.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
