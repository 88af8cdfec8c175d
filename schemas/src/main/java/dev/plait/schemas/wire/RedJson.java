package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.JsonFields.sorted;
import static dev.plait.schemas.wire.JsonFields.texts;

import dev.plait.schemas.model.RedWindow;

/**
 * JSON of a {@link RedWindow}, the value of {@code plait-red}: bytes of UTF-8 in the order of its fields, the labels by name.
 * Without reflection; thread safe.
 */
public final class RedJson {
    private RedJson() {}

    public static byte[] write(RedWindow window) {
        return JsonBytes.of(json -> {
            json.writeStartObject();
            sorted(json, "series", window.series());
            json.writeNumberField("windowStartMs", window.windowStartMs());
            json.writeNumberField("windowEndMs", window.windowEndMs());
            json.writeNumberField("requests", window.requests());
            json.writeNumberField("errors", window.errors());
            LatencyFields.write(json, "duration", window.duration());
            texts(json, "exemplars", window.exemplars());
            json.writeBooleanField("overflow", window.overflow());
            json.writeBooleanField("final", window.last());
            json.writeEndObject();
        });
    }
}
