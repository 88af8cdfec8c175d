package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.JsonFields.sorted;

import dev.plait.schemas.model.MeasureWindow;

/**
 * JSON of a {@link MeasureWindow}, the value of {@code plait-measures}: bytes of UTF-8 in the order of its fields, the labels
 * by name. The sum is a JSON number with all its digits and no exponent: {@code 1250.5}. Without reflection; thread safe.
 */
public final class MeasureJson {
    private MeasureJson() {}

    public static byte[] write(MeasureWindow window) {
        return JsonBytes.of(json -> {
            json.writeStartObject();
            json.writeStringField("measure", window.measure());
            json.writeStringField("unit", window.unit());
            sorted(json, "series", window.series());
            json.writeNumberField("windowStartMs", window.windowStartMs());
            json.writeNumberField("windowEndMs", window.windowEndMs());
            json.writeNumberField("count", window.count());
            json.writeFieldName("sum");
            json.writeNumber(window.sum().stripTrailingZeros().toPlainString());
            json.writeBooleanField("overflow", window.overflow());
            json.writeBooleanField("final", window.last());
            json.writeEndObject();
        });
    }
}
