package dev.plait.correlator.red;

import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.RedWindow;
import dev.plait.schemas.model.RequestSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Names the series that requests are counted in: {@code service=…,route=…,method=…,status_class=…,source=…}, then the
 * configured labels that the request has ({@link RequestLabels}), by name. Unknown values are empty. Values are bounded and
 * escaped as by {@link KeyText}. Safe for any thread.
 */
public final class SeriesKeys {
    /** Marks the series that takes what is beyond the limit, as OpenTelemetry's SDKs name it. */
    public static final String OVERFLOW = "otel.metric.overflow";

    private static final Set<String> OWN =
            Set.of("service", "route", "method", "status_class", "source", "partition", OVERFLOW);
    private static final List<String> ORDER = List.of("service", "route", "method", "status_class", "source");
    private static final String[] CLASSES = {"1xx", "2xx", "3xx", "4xx", "5xx"};
    private static final KeyText TEXT = new KeyText(",=");

    private final List<String> tags;

    /** Whether every series has a label of that name, or may have. */
    public static boolean isOwn(String label) {
        return OWN.contains(label);
    }

    /** @param tags names of labels beside its own. @throws IllegalArgumentException when one is a label's own name */
    public SeriesKeys(List<String> tags) {
        for (String tag : tags) {
            if (isOwn(tag)) {
                throw new IllegalArgumentException("tag " + tag + ": every series has a label of that name");
            }
        }
        this.tags = List.copyOf(new TreeSet<>(tags));
    }

    public String of(CountedRequest request) {
        StringBuilder key = new StringBuilder(128);
        key.append("service=");
        TEXT.append(key, request.service());
        key.append(",route=");
        TEXT.append(key, request.route());
        key.append(",method=");
        TEXT.append(key, request.method());
        key.append(",status_class=").append(statusClass(request));
        key.append(",source=").append(request.source().label());
        for (String tag : tags) {
            RequestLabels.value(tag, request.tags(), request.attributes()).ifPresent(value -> append(key, tag, value));
        }
        return key.toString();
    }

    /** The key of a window's series. */
    public static String of(RedWindow window) {
        Map<String, String> rest = new TreeMap<>(window.series());
        StringBuilder key = new StringBuilder(128);
        for (String label : ORDER) {
            append(key, label, rest.remove(label));
        }
        rest.forEach((label, value) -> append(key, label, value));
        return key.toString();
    }

    /** Appends one label, unless its value is null; a comma before it when it is not the first. */
    public static void append(StringBuilder key, String label, String value) {
        if (value != null) {
            key.append(key.isEmpty() ? "" : ",");
            TEXT.append(key, label);
            key.append('=');
            TEXT.append(key, value);
        }
    }

    /** {@code 2xx} and so on; without an HTTP status {@code error} or {@code ok}. */
    public static String statusClass(CountedRequest request) {
        return statusClass(request.status(), request.error());
    }

    /** The same of any item: its HTTP status, 0 when it has none, and whether it counts as an error. */
    public static String statusClass(int status, boolean error) {
        int hundreds = status / 100;
        return hundreds >= 1 && hundreds <= CLASSES.length ? CLASSES[hundreds - 1] : error ? "error" : "ok";
    }

    /** The labels of a key, in its order. */
    public static Map<String, String> labels(String key) {
        List<String> texts = TEXT.split(key);
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            labels.put(texts.get(i), texts.get(i + 1));
        }
        return labels;
    }

    /** The series that takes in what {@code key}, one of {@link #of}, would have counted. Each partition has its own. */
    static String overflow(String key, String partitionLabel) {
        String source = labels(key).getOrDefault("source", RequestSource.SPAN.label());
        StringBuilder overflow = new StringBuilder("source=" + source + ',' + OVERFLOW + "=true,partition=");
        TEXT.append(overflow, partitionLabel);
        return overflow.toString();
    }
}
