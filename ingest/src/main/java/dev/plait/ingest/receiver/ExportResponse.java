package dev.plait.ingest.receiver;

import dev.plait.schemas.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;

/**
 * What an accepted request is answered with: an {@code Export*ServiceResponse}, empty when all is well, else with its partial
 * success. Source: OTLP specification, "Partial Success"; the three messages differ in the JSON name of one field alone.
 */
final class ExportResponse {
    private ExportResponse() {}

    /** Response: partial_success 1 (rejected items 1, error_message 2). */
    static byte[] protobuf(Answer answer) {
        ProtoWriter out = new ProtoWriter();
        if (answer.refusedItems() > 0) {
            int partial = out.begin(1);
            out.varint(1, answer.refusedItems());
            out.text(2, answer.message());
            out.end(partial);
        }
        return out.toByteArray();
    }

    /** The same; 64-bit numbers are strings in protobuf's JSON. */
    static byte[] json(OtlpSignal signal, Answer answer) {
        String text = answer.refusedItems() == 0
                ? "{}"
                : "{\"partialSuccess\":{\"" + signal.rejected() + "\":\"" + answer.refusedItems()
                        + "\",\"errorMessage\":" + StatusMessage.quoted(answer.message()) + "}}";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
