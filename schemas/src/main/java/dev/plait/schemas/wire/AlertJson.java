package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.JsonFields.list;
import static dev.plait.schemas.wire.JsonFields.optional;
import static dev.plait.schemas.wire.JsonFields.sorted;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plait.schemas.model.Alert;
import java.io.IOException;

/**
 * JSON of an {@link Alert}, the value of {@code plait-alerts}: bytes of UTF-8 in the order of its fields, an absent optional
 * null, labels and annotations by key; {@code burn} of an alert that watches no burn rate is null, and so is the status of a
 * trace that had none. Without reflection; thread safe.
 */
public final class AlertJson {
    private AlertJson() {}

    public static byte[] write(Alert alert) {
        return JsonBytes.of(json -> {
            json.writeStartObject();
            json.writeStringField("fingerprint", alert.fingerprint());
            json.writeNumberField("revision", alert.revision());
            json.writeStringField("name", alert.name());
            json.writeStringField("kind", alert.kind().name());
            json.writeStringField("state", alert.state().name());
            json.writeStringField("severity", alert.severity());
            optional(json, "slo", alert.slo());
            optional(json, "service", alert.service());
            sorted(json, "labels", alert.labels());
            sorted(json, "annotations", alert.annotations());
            json.writeNumberField("startsAtMs", alert.startsAtMs());
            optional(json, "endsAtMs", alert.endsAtMs());
            json.writeNumberField("updatedAtMs", alert.updatedAtMs());
            if (alert.burn().isEmpty()) {
                json.writeNullField("burn");
            } else {
                list(json, "burn", alert.burn(), SloJson::burn);
            }
            counts(json, alert.counts());
            optional(json, "budgetRemaining", alert.budgetRemaining());
            optional(json, "exhaustsAtMs", alert.exhaustsAtMs());
            evidence(json, alert.evidence());
            json.writeEndObject();
        });
    }

    private static void counts(JsonGenerator json, Alert.Counts counts) throws IOException {
        json.writeObjectFieldStart("counts");
        json.writeNumberField("good", counts.good());
        json.writeNumberField("bad", counts.bad());
        json.writeNumberField("total", counts.total());
        json.writeEndObject();
    }

    private static void evidence(JsonGenerator json, Alert.Evidence evidence) throws IOException {
        json.writeObjectFieldStart("evidence");
        list(json, "traces", evidence.traces(), AlertJson::trace);
        list(json, "contributors", evidence.contributors(), AlertJson::contributor);
        list(json, "rootCauses", evidence.rootCauses(), AlertJson::rootCause);
        list(json, "logs", evidence.logs(), AlertJson::log);
        json.writeEndObject();
    }

    private static void trace(JsonGenerator json, Alert.TraceExample trace) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", trace.traceId());
        json.writeStringField("service", trace.service());
        optional(json, "route", trace.route());
        if (trace.status() == 0) {
            json.writeNullField("status");
        } else {
            json.writeNumberField("status", trace.status());
        }
        json.writeNumberField("durationNanos", trace.durationNanos());
        json.writeBooleanField("error", trace.error());
        json.writeEndObject();
    }

    private static void contributor(JsonGenerator json, Alert.Contributor contributor) throws IOException {
        json.writeStartObject();
        json.writeStringField("dimension", contributor.dimension());
        json.writeStringField("value", contributor.value());
        json.writeNumberField("bad", contributor.bad());
        json.writeNumberField("share", contributor.share());
        json.writeEndObject();
    }

    private static void rootCause(JsonGenerator json, Alert.RootCauseShare cause) throws IOException {
        json.writeStartObject();
        json.writeStringField("service", cause.service());
        json.writeStringField("operation", cause.operation());
        json.writeStringField("kind", cause.kind().name());
        json.writeNumberField("count", cause.count());
        json.writeNumberField("share", cause.share());
        json.writeEndObject();
    }

    private static void log(JsonGenerator json, Alert.LogLine log) throws IOException {
        json.writeStartObject();
        optional(json, "traceId", log.traceId());
        optional(json, "service", log.service());
        optional(json, "severity", log.severity());
        json.writeStringField("body", log.body());
        json.writeEndObject();
    }
}
