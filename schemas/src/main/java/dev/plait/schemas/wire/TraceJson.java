package dev.plait.schemas.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.SamplingDecision;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON of the records that tell of traces, as bytes of UTF-8 in the order of fields of their records. An absent optional is
 * null, a 64-bit integer a number, NaN and the infinities text, half a surrogate pair (text that was cut) an escape, which
 * keeps the record legal JSON. Written as a stream, without reflection; linear in the size of the record; thread safe.
 */
public final class TraceJson {
    private static final JsonFactory JSON = new JsonFactory();

    /** Jackson refuses half a surrogate pair as UTF-8, and takes it as an escape. */
    private static final JsonFactory ESCAPED_JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private TraceJson() {}

    /** The value of {@code plait-traces}. */
    public static byte[] write(CorrelatedTrace trace) {
        return bytes(json -> TraceFields.write(json, trace));
    }

    /** The value of {@code plait-decisions}. */
    public static byte[] write(SamplingDecision decision) {
        return bytes(json -> {
            json.writeStartObject();
            json.writeStringField("traceId", decision.traceId());
            json.writeBooleanField("keep", decision.keep());
            json.writeStringField("reason", decision.reason());
            json.writeNumberField("probability", decision.probability());
            json.writeNumberField("decidedAtMs", decision.decidedAtMs());
            json.writeEndObject();
        });
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] bytes(Content content) {
        try {
            return bytes(JSON, content);
        } catch (JsonGenerationException halfAPair) {
            try {
                return bytes(ESCAPED_JSON, content);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] bytes(JsonFactory factory, Content content) throws IOException {
        try (ByteArrayBuilder out = new ByteArrayBuilder(2048);
                JsonGenerator json = factory.createGenerator(out)) {
            content.write(json);
            json.flush();
            return out.toByteArray();
        }
    }
}
