package dev.plait.schemas.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON as bytes of UTF-8. Half a surrogate pair (text that was cut) becomes an escape, which keeps the record legal JSON; NaN
 * and the infinities become text.
 */
final class JsonBytes {
    private static final JsonFactory JSON = new JsonFactory();

    /** Jackson refuses half a surrogate pair as UTF-8, and takes it as an escape. */
    private static final JsonFactory ESCAPED_JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonBytes() {}

    /** Writes one value. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] of(Content content) {
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
