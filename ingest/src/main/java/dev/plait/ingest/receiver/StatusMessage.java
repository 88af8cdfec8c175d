package dev.plait.ingest.receiver;

import dev.plait.schemas.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** An answer as {@code google.rpc.Status}, with {@code RetryInfo} when it says when to come again. */
final class StatusMessage {
    private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

    private StatusMessage() {}

    /** Status: code 1, message 2, details 3 (Any: type 1, value 2); RetryInfo: delay 1 (Duration: seconds 1, nanos 2). */
    static byte[] protobuf(Answer answer) {
        ProtoWriter out = new ProtoWriter();
        out.varint(1, answer.kind().grpcStatus());
        out.text(2, answer.message());
        if (!answer.retryAfter().isZero()) {
            int detail = out.begin(3);
            out.text(1, RETRY_INFO);
            int info = out.begin(2);
            int delay = out.begin(1);
            duration(out, answer.retryAfter());
            out.end(delay);
            out.end(info);
            out.end(detail);
        }
        return out.toByteArray();
    }

    /** Of the trailer {@code grpc-status-details-bin}. */
    static String base64(Answer answer) {
        return Base64.getEncoder().withoutPadding().encodeToString(protobuf(answer));
    }

    static byte[] json(Answer answer) {
        return ("{\"code\":" + answer.kind().grpcStatus() + ",\"message\":" + quoted(answer.message()) + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON string. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private static void duration(ProtoWriter out, Duration time) {
        if (time.toSeconds() > 0) {
            out.varint(1, time.toSeconds());
        }
        if (time.toNanosPart() > 0) {
            out.varint(2, time.toNanosPart());
        }
    }
}
