package dev.plait.topology;

import dev.plait.correlator.graph.EdgeKeys;
import dev.plait.correlator.measure.MeasureKeys;
import dev.plait.correlator.red.SeriesKeys;
import dev.plait.correlator.slo.SloTracker;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.EdgeWindow;
import dev.plait.schemas.model.MeasureWindow;
import dev.plait.schemas.model.RedWindow;
import dev.plait.schemas.model.SloStatus;
import dev.plait.schemas.wire.AlertJson;
import dev.plait.schemas.wire.EdgeJson;
import dev.plait.schemas.wire.MeasureJson;
import dev.plait.schemas.wire.RedJson;
import dev.plait.schemas.wire.SloJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes what window tasks decide, under the time of the evaluation. Alerts and SLO states carry the headers of CloudEvents
 * 1.0 (binary mode); their IDs are made of what they tell, so that the same event written again has the same ID. Source:
 * cloudevents/spec, bindings/kafka-protocol-binding.md.
 */
final class WindowEmitter implements SloTracker.Output {
    private final ProcessorContext<String, Windowed> context;
    private long clockMs;
    private long written;

    WindowEmitter(ProcessorContext<String, Windowed> context) {
        this.context = context;
    }

    /** What is written from now on was decided at this time. */
    void at(long clockMs) {
        this.clockMs = clockMs;
    }

    /** How many records were written since this object was made. */
    long written() {
        return written;
    }

    void red(RedWindow window) {
        forward(SeriesKeys.of(window), new Windowed.ToRed(RedJson.write(window)), new RecordHeaders());
    }

    void edge(EdgeWindow window) {
        forward(EdgeKeys.of(window), new Windowed.ToEdges(EdgeJson.write(window)), new RecordHeaders());
    }

    void measure(MeasureWindow window) {
        String key = MeasureKeys.of(window.measure(), window.series());
        forward(key, new Windowed.ToMeasures(MeasureJson.write(window)), new RecordHeaders());
    }

    @Override
    public void status(SloStatus status) {
        String key = SloTracker.key(status.slo(), status.group());
        Headers headers = event("slo.status", key + "/" + status.evaluatedAtMs(), key);
        forward(key, new Windowed.ToSlo(SloJson.write(status)), headers);
    }

    /** A key is over: on the compacted topic its last status goes too. */
    void statusOver(SloKey key) {
        forward(key.text(), new Windowed.ToSlo(null), new RecordHeaders());
    }

    @Override
    public void alert(Alert alert) {
        String state = alert.state().name().toLowerCase(Locale.ROOT);
        String id = alert.fingerprint() + "/" + alert.startsAtMs() + "/" + alert.revision();
        Headers headers = event("alert." + state, id, alert.fingerprint());
        forward(alert.fingerprint(), new Windowed.ToAlerts(AlertJson.write(alert)), headers);
    }

    private Headers event(String type, String id, String subject) {
        Headers headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", id);
        add(headers, "ce_source", "/plait/" + context.applicationId());
        add(headers, "ce_type", "dev.plait." + type + ".v1");
        add(headers, "ce_time", Instant.ofEpochMilli(clockMs).toString());
        add(headers, "ce_subject", subject);
        add(headers, "content-type", "application/json");
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private void forward(String key, Windowed value, Headers headers) {
        written++;
        context.forward(new Record<>(key, value, Math.max(0, clockMs), headers));
    }
}
