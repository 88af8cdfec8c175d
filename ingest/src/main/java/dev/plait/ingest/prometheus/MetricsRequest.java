package dev.plait.ingest.prometheus;

import dev.plait.schemas.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;

/**
 * The OTLP request that a body becomes: metrics in the order of their series, those of one target in a row under one resource.
 * {@code job} becomes {@code service.name} and {@code instance} {@code service.instance.id}, as the collector's Prometheus
 * receiver has it; all other labels stay attributes of the points. Source: OpenTelemetry "Prometheus and OpenMetrics
 * compatibility".
 */
final class MetricsRequest {
    private static final int RESOURCE_METRICS = 1;
    private static final int RESOURCE = 1;
    private static final int SCOPE_METRICS = 2;
    private static final int METRIC = 2;
    private static final int ATTRIBUTE = 1;
    private static final byte[] SERVICE_NAME = ascii("service.name");
    private static final byte[] SERVICE_INSTANCE = ascii("service.instance.id");

    private final ProtoWriter out = new ProtoWriter();
    private final byte[] body;
    private int group = -1;
    private int scope;
    private int jobOffset;
    private int jobLength;
    private int instanceOffset;
    private int instanceLength;

    MetricsRequest(byte[] body) {
        this.body = body;
    }

    ProtoWriter out() {
        return out;
    }

    /** Opens a metric of the series' target; the result goes to {@link #end}. */
    int begin(Series series) {
        if (group < 0 || !isSameTarget(series)) {
            closeGroup();
            openGroup(series);
        }
        return out.begin(METRIC);
    }

    void end(int metric) {
        out.end(metric);
    }

    /** Takes back the metric that was begun last. */
    void drop(int metric) {
        out.truncate(metric - 6); // its tag and length
    }

    /** Completes the request. */
    void finish() {
        closeGroup();
    }

    private boolean isSameTarget(Series series) {
        return isSame(series, series.jobIndex(), jobOffset, jobLength)
                && isSame(series, series.instanceIndex(), instanceOffset, instanceLength);
    }

    private boolean isSame(Series series, int label, int offset, int length) {
        int labelLength = label < 0 ? 0 : series.values().length(label);
        int labelOffset = label < 0 ? 0 : series.values().offset(label);
        return labelLength == length
                && java.util.Arrays.equals(body, labelOffset, labelOffset + labelLength, body, offset, offset + length);
    }

    private void openGroup(Series series) {
        int job = series.jobIndex();
        int instance = series.instanceIndex();
        jobOffset = job < 0 ? 0 : series.values().offset(job);
        jobLength = job < 0 ? 0 : series.values().length(job);
        instanceOffset = instance < 0 ? 0 : series.values().offset(instance);
        instanceLength = instance < 0 ? 0 : series.values().length(instance);
        group = out.begin(RESOURCE_METRICS);
        int resource = out.begin(RESOURCE);
        attribute(out, ATTRIBUTE, SERVICE_NAME, body, jobOffset, jobLength);
        attribute(out, ATTRIBUTE, SERVICE_INSTANCE, body, instanceOffset, instanceLength);
        out.end(resource);
        scope = out.begin(SCOPE_METRICS);
    }

    private void closeGroup() {
        if (group >= 0) {
            out.end(scope);
            out.end(group);
            group = -1;
        }
    }

    /** A KeyValue with a text; nothing when the text is empty. */
    static void attribute(ProtoWriter out, int field, byte[] key, byte[] text, int offset, int length) {
        if (length > 0) {
            attribute(out, field, key, 0, key.length, text, offset, length);
        }
    }

    /** KeyValue: key 1, value 2 (AnyValue: string 1). */
    static void attribute(
            ProtoWriter out,
            int field,
            byte[] keys,
            int keyOffset,
            int keyLength,
            byte[] texts,
            int offset,
            int length) {
        int pair = out.begin(field);
        out.bytes(1, keys, keyOffset, keyLength);
        int value = out.begin(2);
        out.bytes(1, texts, offset, length);
        out.end(value);
        out.end(pair);
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
