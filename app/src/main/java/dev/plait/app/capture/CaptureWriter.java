package dev.plait.app.capture;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Writes a capture file: one record a line, so that {@link CaptureReader} gives the same bytes back. A value that is a JSON
 * object or array on one line stands there as it is, other UTF-8 as a string, the rest as base64.
 */
public final class CaptureWriter implements Closeable {
    private final OutputStream out;
    private final JsonGenerator json;
    private final TextForm form = new TextForm();

    public CaptureWriter(OutputStream out) throws IOException {
        this.out = out;
        this.json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8);
        json.setRootValueSeparator(null);
    }

    public void write(CapturedRecord item) throws IOException {
        json.writeStartObject();
        json.writeStringField("topic", item.topic());
        json.writeNumberField("timestamp", item.timestampMs());
        json.writeFieldName("key");
        writeText(item.key());
        if (!item.headers().isEmpty()) {
            json.writeObjectFieldStart("headers");
            for (CapturedRecord.Header header : item.headers()) {
                json.writeFieldName(header.name());
                writeText(header.value());
            }
            json.writeEndObject();
        }
        json.writeFieldName("value");
        writeValue(item.value());
        if (item.partition().isPresent()) {
            json.writeNumberField("partition", item.partition().getAsInt());
        }
        if (item.offset().isPresent()) {
            json.writeNumberField("offset", item.offset().getAsLong());
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    public void flush() throws IOException {
        json.flush();
    }

    @Override
    public void close() throws IOException {
        json.close();
        out.close();
    }

    private void writeValue(Optional<byte[]> value) throws IOException {
        if (value.isPresent() && form.isEmbeddable(value.get())) {
            json.writeRawValue(form.text(value.get()).orElseThrow());
        } else {
            writeText(value);
        }
    }

    private void writeText(Optional<byte[]> bytes) throws IOException {
        if (bytes.isEmpty()) {
            json.writeNull();
            return;
        }
        Optional<String> text = form.text(bytes.get());
        if (text.isPresent()) {
            json.writeString(text.get());
        } else {
            json.writeStartObject();
            json.writeBinaryField("base64", bytes.get());
            json.writeEndObject();
        }
    }
}
