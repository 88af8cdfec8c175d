package dev.plait.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The attribute keys that the scanners look at, recognised from bytes without making text of them: by length first, so that
 * most keys cost one array read. Source of the names: formats of Kong, Envoy and the semantic conventions, old and new.
 */
enum KnownKey {
    NONE(""),
    ERROR("error"),
    ERROR_TYPE("error.type"),
    HTTP_METHOD("http.request.method"),
    HTTP_STATUS("http.response.status_code"),
    OLD_HTTP_STATUS("http.status_code"),
    RPC_STATUS("rpc.status_code"),
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

    private static final Name[][] BY_LENGTH = byLength();
    private static final byte[] KONG_PREFIX = KONG.name.getBytes(StandardCharsets.US_ASCII);

    private final String name;

    KnownKey(String name) {
        this.name = name;
    }

    /** The key in {@code [offset, offset + length)}, or NONE. */
    static KnownKey of(byte[] bytes, int offset, int length) {
        if (length < BY_LENGTH.length) {
            for (Name name : BY_LENGTH[length]) {
                if (Arrays.equals(bytes, offset, offset + length, name.bytes, 0, length)) {
                    return name.key;
                }
            }
        }
        return isKong(bytes, offset, length) ? KONG : NONE;
    }

    private static boolean isKong(byte[] bytes, int offset, int length) {
        int prefix = KONG_PREFIX.length;
        return length > prefix
                && bytes[offset] == 'k'
                && Arrays.equals(bytes, offset, offset + prefix, KONG_PREFIX, 0, prefix);
    }

    private static Name[][] byLength() {
        List<List<Name>> lists = new ArrayList<>();
        for (KnownKey key : values()) {
            while (lists.size() <= key.name.length()) {
                lists.add(new ArrayList<>());
            }
            if (key != NONE && key != KONG) {
                lists.get(key.name.length()).add(new Name(key));
            }
        }
        return lists.stream().map(list -> list.toArray(Name[]::new)).toArray(Name[][]::new);
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
