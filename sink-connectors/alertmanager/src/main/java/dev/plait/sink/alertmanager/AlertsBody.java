package dev.plait.sink.alertmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.plait.sink.alertmanager.KnownAlert.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The body of {@code POST /api/v2/alerts}: an array of alerts. What fires is said to end three intervals from now, so that it
 * ends by itself when nobody posts any more; what has ended, when it did, but not in the future of this clock. Source:
 * Alertmanager, api/v2/openapi.yaml.
 */
final class AlertsBody {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int INTERVALS = 3;

    private final Duration resend;
    private final String generatorUrl;

    AlertsBody(Duration resend, String generatorUrl) {
        this.resend = resend;
        this.generatorUrl = generatorUrl;
    }

    byte[] write(List<KnownAlert> alerts, long nowMs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartArray();
            for (KnownAlert alert : alerts) {
                write(alert, nowMs, json);
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("an array is written without input or output", impossible);
        }
        return bytes.toByteArray();
    }

    private void write(KnownAlert alert, long nowMs, JsonGenerator json) throws IOException {
        long startsAtMs = Math.min(alert.startsAtMs(), nowMs);
        long endsAtMs = alert.state() == State.FIRING
                ? nowMs + INTERVALS * resend.toMillis()
                : Math.min(nowMs, alert.endsAtMs().orElse(alert.updatedAtMs()));
        json.writeStartObject();
        texts(json, "labels", alert.labels());
        texts(json, "annotations", alert.annotations());
        json.writeStringField("startsAt", Instant.ofEpochMilli(startsAtMs).toString());
        json.writeStringField(
                "endsAt", Instant.ofEpochMilli(Math.max(startsAtMs, endsAtMs)).toString());
        if (!generatorUrl.isEmpty()) {
            json.writeStringField("generatorURL", generatorUrl(alert));
        }
        json.writeEndObject();
    }

    private String generatorUrl(KnownAlert alert) {
        return generatorUrl
                .replace("{fingerprint}", encoded(alert.fingerprint()))
                .replace("{slo}", encoded(alert.labels().getOrDefault("slo", "")))
                .replace("{trace}", encoded(alert.trace().orElse("")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void texts(JsonGenerator json, String field, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }
}
