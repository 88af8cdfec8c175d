package dev.plait.ingest.otlp;

/**
 * Whether a span is an error: the one place that decides it. Gathers what one span says, then applies the rules in order; the
 * first that decides wins.
 *
 * <ol>
 *   <li>Status ERROR: error. Status OK: not an error, its owner says so.
 *   <li>{@code error.type} is there, or {@code error} has any value but empty, {@code false} and 0: error.
 *   <li>HTTP status: 500 and above: error. 4xx: error of a CLIENT, and decided as no error of a SERVER. 0 means that no
 *       response began and decides nothing.
 *   <li>gRPC status: of a CLIENT any but OK: error. Of a SERVER those that blame it: error; the others: not an error.
 *   <li>Envoy's response flags name an upstream fault: error.
 *   <li>Otherwise not.
 * </ol>
 *
 * A success in one layer decides nothing (gRPC fails under HTTP 200). Canonical attribute names win over old ones, numbers
 * come as int, double or text. Source: OpenTelemetry semantic conventions, HTTP and gRPC spans; Envoy's tracer tags. Hot
 * path: no allocation but for spans with response flags.
 */
final class SpanErrorRule {
    private static final int STATUS_OK = 1;
    private static final int STATUS_ERROR = 2;
    private static final int SERVER = 2;
    private static final int CLIENT = 3;
    private static final int NONE = -1;

    private long status;
    private boolean errorType;
    private boolean errorTag;
    private int http;
    private int oldHttp;
    private int rpc;
    private int oldRpc;
    private boolean upstreamFault;

    /** Starts a span. */
    void clear() {
        status = 0;
        errorType = false;
        errorTag = false;
        http = NONE;
        oldHttp = NONE;
        rpc = GrpcStatus.NONE;
        oldRpc = GrpcStatus.NONE;
        upstreamFault = false;
    }

    /** The OTLP number of the span's status code. */
    void status(long code) {
        status = code;
    }

    /** One attribute; of a key that comes twice the last value counts. */
    void attribute(KnownKey key, AttributeReader value) {
        switch (key) {
            case ERROR -> errorTag = isTrue(value);
            case ERROR_TYPE -> errorType = !isEmpty(value);
            case HTTP_STATUS -> http = value.code();
            case OLD_HTTP_STATUS -> oldHttp = value.code();
            case RPC_STATUS, RPC_RESPONSE_STATUS -> rpc = GrpcStatus.of(value);
            case RPC_GRPC_STATUS, GRPC_STATUS -> oldRpc = GrpcStatus.of(value);
            case RESPONSE_FLAGS, ENVOY_RESPONSE_FLAGS -> upstreamFault = hasFault(value);
            default -> {
                // says nothing about errors
            }
        }
    }

    /** The verdict, for a span of this OTLP kind number. */
    boolean isError(int kind) {
        if (status == STATUS_ERROR || status == STATUS_OK) {
            return status == STATUS_ERROR;
        }
        if (errorType || errorTag) {
            return true;
        }
        int httpStatus = http > 0 ? http : oldHttp;
        if (httpStatus >= 500) {
            return true;
        }
        if (httpStatus >= 400 && (kind == CLIENT || kind == SERVER)) {
            return kind == CLIENT;
        }
        int grpcStatus = rpc != GrpcStatus.NONE ? rpc : oldRpc;
        if (grpcStatus > GrpcStatus.OK && kind == CLIENT) {
            return true;
        }
        if (grpcStatus > GrpcStatus.OK && grpcStatus != GrpcStatus.FOREIGN && kind == SERVER) {
            return GrpcStatus.isServerError(grpcStatus);
        }
        return upstreamFault;
    }

    static boolean hasFault(AttributeReader flags) {
        return flags.kind() == AttributeReader.STRING
                && UpstreamFaults.in(flags.bytes(), flags.offset(), flags.length());
    }

    private static boolean isEmpty(AttributeReader value) {
        return value.kind() == AttributeReader.UNSET || value.kind() == AttributeReader.STRING && value.length() == 0;
    }

    private static boolean isTrue(AttributeReader value) {
        return switch (value.kind()) {
            case AttributeReader.UNSET -> false;
            case AttributeReader.BOOL, AttributeReader.INT -> value.number() != 0;
            case AttributeReader.DOUBLE -> Double.longBitsToDouble(value.number()) != 0;
            case AttributeReader.STRING -> !isFalse(value.bytes(), value.offset(), value.length());
            default -> true;
        };
    }

    /** Empty, or {@code false} in any case. */
    private static boolean isFalse(byte[] bytes, int offset, int length) {
        if (length != 0 && length != 5) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((bytes[offset + i] | 0x20) != "false".charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
