package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.JsonFields.list;
import static dev.plait.schemas.wire.JsonFields.optional;
import static dev.plait.schemas.wire.JsonFields.sorted;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plait.schemas.model.SloStatus;
import java.io.IOException;

/**
 * JSON of a {@link SloStatus}, the value of {@code plait-slo}: bytes of UTF-8 in the order of its fields, an absent optional
 * null, groups by key. Without reflection; thread safe.
 */
public final class SloJson {
    private SloJson() {}

    public static byte[] write(SloStatus status) {
        return JsonBytes.of(json -> {
            json.writeStartObject();
            json.writeStringField("slo", status.slo());
            json.writeStringField("service", status.service());
            sorted(json, "group", status.group());
            json.writeNumberField("target", status.target());
            json.writeNumberField("windowDays", status.windowDays());
            json.writeNumberField("evaluatedAtMs", status.evaluatedAtMs());
            json.writeNumberField("good", status.good());
            json.writeNumberField("bad", status.bad());
            json.writeNumberField("total", status.total());
            json.writeNumberField("errorRatio", status.errorRatio());
            json.writeNumberField("budgetRemaining", status.budgetRemaining());
            optional(json, "exhaustsAtMs", status.exhaustsAtMs());
            list(json, "burn", status.burn(), SloJson::burn);
            json.writeStringField("state", status.state().name());
            json.writeEndObject();
        });
    }

    static void burn(JsonGenerator json, SloStatus.Burn burn) throws IOException {
        json.writeStartObject();
        json.writeStringField("severity", burn.severity());
        json.writeStringField("longWindow", burn.longWindow());
        json.writeStringField("shortWindow", burn.shortWindow());
        json.writeNumberField("factor", burn.factor());
        json.writeNumberField("longRate", burn.longRate());
        json.writeNumberField("shortRate", burn.shortRate());
        json.writeBooleanField("exceeded", burn.exceeded());
        json.writeEndObject();
    }
}
