package dev.plait.schemas.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import dev.plait.schemas.model.SloDefinition.Threshold;
import java.io.IOException;

/**
 * The value of {@code plait-slo-definitions}, as JSON: the fields of {@link SloDefinition} in their order after
 * {@code version}. Equal definitions have equal bytes. Reading takes any bytes and never throws: what is not a definition is
 * {@link Refused} with a sentence, after at most {@value #MAX_BYTES} bytes and the bounds of the model.
 *
 * <p>Fields that this version does not know are passed over, so a newer writer may add some. It raises {@code version} when
 * an older reader would count or alert wrongly without them; a version above {@value #VERSION} is refused.
 */
public final class SloDefinitionJson {
    /** Larger than any definition within its bounds, escapes included. */
    public static final int MAX_BYTES = 1 << 20;

    static final int VERSION = 1;

    private SloDefinitionJson() {}

    /** What some bytes are. */
    public sealed interface Read {}

    /** A definition within all bounds. */
    public record Defined(SloDefinition definition) implements Read {}

    /** Not a definition. {@code reason} is one sentence that names the field; at most a few hundred characters. */
    public record Refused(String reason) implements Read {}

    public static Read read(byte[] bytes) {
        return SloDefinitionReader.read(bytes);
    }

    public static byte[] write(SloDefinition definition) {
        return JsonBytes.of(json -> {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeStringField("name", definition.name());
            json.writeStringField("displayName", definition.displayName());
            json.writeStringField("description", definition.description());
            json.writeStringField("service", definition.service());
            json.writeNumberField("effectiveAtMs", definition.effectiveAtMs());
            json.writeFieldName("indicator");
            indicator(json, definition.indicator());
            JsonFields.texts(json, "groupBy", definition.groupBy());
            json.writeNumberField("target", definition.target());
            json.writeNumberField("windowDays", definition.windowDays());
            json.writeNumberField("periodMs", definition.periodMs());
            json.writeNumberField("minEvents", definition.minEvents());
            json.writeNumberField("minBad", definition.minBad());
            JsonFields.list(json, "alerts", definition.alerts(), SloDefinitionJson::alert);
            json.writeEndObject();
        });
    }

    private static void indicator(JsonGenerator json, Indicator indicator) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", indicator.source().label());
        JsonFields.optional(json, "metric", indicator.metric());
        json.writeFieldName("total");
        filter(json, indicator.total());
        json.writeFieldName("match");
        filter(json, indicator.match());
        json.writeBooleanField("matchIsBad", indicator.matchIsBad());
        json.writeEndObject();
    }

    private static void filter(JsonGenerator json, Filter filter) throws IOException {
        json.writeStartObject();
        json.writeStringField("where", filter.where());
        if (filter.maxDurationNanos() == Long.MAX_VALUE) {
            json.writeNullField("maxDurationNanos");
        } else {
            json.writeNumberField("maxDurationNanos", filter.maxDurationNanos());
        }
        json.writeEndObject();
    }

    private static void alert(JsonGenerator json, AlertRule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", rule.name());
        json.writeStringField("kind", rule.kind().name());
        json.writeStringField("severity", rule.severity());
        json.writeNumberField("forMs", rule.forMs());
        JsonFields.list(json, "pairs", rule.pairs(), SloDefinitionJson::pair);
        JsonFields.optional(json, "threshold", rule.threshold(), SloDefinitionJson::threshold);
        json.writeNumberField("absentMs", rule.absentMs());
        json.writeEndObject();
    }

    private static void pair(JsonGenerator json, BurnPair pair) throws IOException {
        json.writeStartObject();
        json.writeNumberField("longMs", pair.longMs());
        json.writeNumberField("shortMs", pair.shortMs());
        json.writeNumberField("factor", pair.factor());
        json.writeEndObject();
    }

    private static void threshold(JsonGenerator json, Threshold threshold) throws IOException {
        json.writeStartObject();
        json.writeStringField("measure", threshold.measure().name());
        json.writeBooleanField("above", threshold.above());
        json.writeBooleanField("orEqual", threshold.orEqual());
        json.writeNumberField("value", threshold.value());
        json.writeNumberField("windowMs", threshold.windowMs());
        json.writeEndObject();
    }
}
