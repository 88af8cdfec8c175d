package dev.plait.schemas.wire;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import dev.plait.schemas.model.SloDefinition.Measure;
import dev.plait.schemas.model.SloDefinition.Threshold;
import dev.plait.schemas.wire.SloDefinitionJson.Defined;
import dev.plait.schemas.wire.SloDefinitionJson.Read;
import dev.plait.schemas.wire.SloDefinitionJson.Refused;
import java.io.IOException;
import java.util.OptionalLong;

/** Reads what {@link SloDefinitionJson} wrote, and refuses everything else with a sentence. */
final class SloDefinitionReader {
    private static final int MAX_REASON = 300;

    private SloDefinitionReader() {}

    static Read read(byte[] bytes) {
        if (bytes.length > SloDefinitionJson.MAX_BYTES) {
            return new Refused(bytes.length + " bytes; expected at most " + SloDefinitionJson.MAX_BYTES);
        }
        try {
            JsonObject json = JsonObject.of(bytes);
            long version = json.whole("version");
            if (version != SloDefinitionJson.VERSION) {
                return new Refused("version: " + version + "; expected " + SloDefinitionJson.VERSION);
            }
            return new Defined(definition(json));
        } catch (IOException notJson) {
            return refused("not JSON: " + notJson.getMessage());
        } catch (IllegalArgumentException outOfBounds) {
            return refused(outOfBounds.getMessage());
        }
    }

    /** The first line of what may quote the bytes. */
    private static Refused refused(String reason) {
        String line = reason.lines().findFirst().orElse("");
        return new Refused(line.length() > MAX_REASON ? line.substring(0, MAX_REASON) + "..." : line);
    }

    private static SloDefinition definition(JsonObject json) {
        return new SloDefinition(
                json.text("name"),
                json.text("displayName"),
                json.text("description"),
                json.text("service"),
                json.whole("effectiveAtMs"),
                indicator(json.object("indicator")),
                json.texts("groupBy"),
                json.number("target"),
                Math.toIntExact(Math.max(-1, Math.min(json.whole("windowDays"), Integer.MAX_VALUE))),
                json.whole("periodMs"),
                json.whole("minEvents"),
                json.whole("minBad"),
                json.objects("alerts").stream().map(SloDefinitionReader::alert).toList());
    }

    private static Indicator indicator(JsonObject json) {
        String source = json.text("source");
        return new Indicator(
                RequestSource.ofLabel(source)
                        .orElseThrow(() -> new IllegalArgumentException("source: " + source + " is unknown")),
                json.optionalText("metric"),
                filter(json.object("total")),
                filter(json.object("match")),
                json.truth("matchIsBad"));
    }

    private static Filter filter(JsonObject json) {
        OptionalLong maxDurationNanos = json.optionalWhole("maxDurationNanos");
        return new Filter(json.text("where"), maxDurationNanos.orElse(Long.MAX_VALUE));
    }

    private static AlertRule alert(JsonObject json) {
        return new AlertRule(
                json.text("name"),
                json.oneOf("kind", Alert.Kind.values()),
                json.text("severity"),
                json.whole("forMs"),
                json.objects("pairs").stream().map(SloDefinitionReader::pair).toList(),
                json.optionalObject("threshold").map(SloDefinitionReader::threshold),
                json.whole("absentMs"));
    }

    private static BurnPair pair(JsonObject json) {
        return new BurnPair(json.whole("longMs"), json.whole("shortMs"), json.number("factor"));
    }

    private static Threshold threshold(JsonObject json) {
        return new Threshold(
                json.oneOf("measure", Measure.values()),
                json.truth("above"),
                json.truth("orEqual"),
                json.number("value"),
                json.whole("windowMs"));
    }
}
