package dev.plait.ingest.prometheus;

import dev.plait.schemas.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The OTLP request that a body becomes: metrics in the order of their series, those of one target in a row under one resource.
 * {@code job} becomes {@code service.name} (and {@code service.namespace}, which stands before a slash), {@code instance} {@code
 * service.instance.id}, {@code otel_scope_name} and {@code otel_scope_version} the scope, as the collector's receivers have it;
 * all other labels stay attributes of the points. Source: OpenTelemetry "Prometheus and OpenMetrics compatibility"; collector
 * contrib, receiver/prometheusremotewritereceiver.
 */
final class MetricsRequest {
    private static final int RESOURCE_METRICS = 1;
    private static final int RESOURCE = 1;
    private static final int SCOPE_METRICS = 2;
    private static final int METRIC = 2;
    private static final int ATTRIBUTE = 1;
    private static final int SCOPE = 1;
    private static final int SCOPE_NAME = 1;
    private static final int SCOPE_VERSION = 2;
    private static final byte[] SERVICE_NAMESPACE = ascii("service.namespace");
    private static final byte[] SERVICE_NAME = ascii("service.name");
    private static final byte[] SERVICE_INSTANCE = ascii("service.instance.id");

    private final ProtoWriter out = new ProtoWriter();
    private final byte[] body;
    private int group = -1;
    private int scope;
    private final Slices target = new Slices();
    private final BitSet missing = new BitSet();

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

    /** Says whether the series of this number is in the request. */
    void holds(int item, boolean is) {
        missing.set(item, !is);
    }

    /** The numbers of those that are not. */
    BitSet missing() {
        return missing;
    }

    /** Completes the request. */
    void finish() {
        closeGroup();
    }

    private boolean isSameTarget(Series series) {
        return isSame(series, series.jobIndex(), 0)
                && isSame(series, series.instanceIndex(), 1)
                && isSame(series, series.scopeNameIndex(), 2)
                && isSame(series, series.scopeVersionIndex(), 3);
    }

    private boolean isSame(Series series, int label, int part) {
        int length = label < 0 ? 0 : series.values().length(label);
        int offset = label < 0 ? 0 : series.values().offset(label);
        int start = target.offset(part);
        return length == target.length(part)
                && Arrays.equals(body, offset, offset + length, body, start, start + length);
    }

    private void openGroup(Series series) {
        target.clear();
        add(series, series.jobIndex());
        add(series, series.instanceIndex());
        add(series, series.scopeNameIndex());
        add(series, series.scopeVersionIndex());
        group = out.begin(RESOURCE_METRICS);
        int resource = out.begin(RESOURCE);
        service(target.offset(0), target.length(0));
        attribute(out, ATTRIBUTE, SERVICE_INSTANCE, body, target.offset(1), target.length(1));
        out.end(resource);
        scope = out.begin(SCOPE_METRICS);
        if (target.length(2) + target.length(3) > 0) {
            int of = out.begin(SCOPE);
            out.bytes(SCOPE_NAME, body, target.offset(2), target.length(2));
            out.bytes(SCOPE_VERSION, body, target.offset(3), target.length(3));
            out.end(of);
        }
    }

    private void add(Series series, int label) {
        target.add(
                label < 0 ? 0 : series.values().offset(label),
                label < 0 ? 0 : series.values().length(label));
    }

    /** Who writes OTLP's resources as a job puts the namespace first: {@code shop/orders}. */
    private void service(int job, int length) {
        int slash = -1;
        int slashes = 0;
        for (int i = 0; i < length; i++) {
            if (body[job + i] == '/') {
                slash = i;
                slashes++;
            }
        }
        boolean namespaced = slashes == 1 && slash > 0 && slash < length - 1;
        int name = namespaced ? slash + 1 : 0;
        if (namespaced) {
            attribute(out, ATTRIBUTE, SERVICE_NAMESPACE, body, job, slash);
        }
        attribute(out, ATTRIBUTE, SERVICE_NAME, body, job + name, length - name);
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
