package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.JsonFields.texts;

import dev.plait.schemas.model.EdgeWindow;

/**
 * JSON of an {@link EdgeWindow}, the value of {@code plait-edges}: bytes of UTF-8 in the order of its fields. Without
 * reflection; thread safe.
 */
public final class EdgeJson {
    private EdgeJson() {}

    public static byte[] write(EdgeWindow window) {
        return JsonBytes.of(json -> {
            json.writeStartObject();
            json.writeStringField("client", window.client());
            json.writeStringField("server", window.server());
            json.writeStringField("connection", window.connection());
            json.writeNumberField("windowStartMs", window.windowStartMs());
            json.writeNumberField("windowEndMs", window.windowEndMs());
            json.writeNumberField("requests", window.requests());
            json.writeNumberField("errors", window.errors());
            LatencyFields.write(json, "clientDuration", window.clientDuration());
            LatencyFields.write(json, "serverDuration", window.serverDuration());
            texts(json, "exemplars", window.exemplars());
            json.writeBooleanField("final", window.last());
            json.writeEndObject();
        });
    }
}
