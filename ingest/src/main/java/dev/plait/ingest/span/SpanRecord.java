package dev.plait.ingest.span;

import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.TraceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One span between being read and being written as OTLP. Attributes are String, Long, Double, Boolean or byte[], in the order
 * they came, each key once: the last value counts. Times are nanoseconds since the epoch, 0 when unknown. Reused after
 * {@link #clear}; not thread safe.
 */
public final class SpanRecord {
    /** With more than these the span is refused as TOO_MANY. */
    static final int MAX_ATTRIBUTES = 10_000;

    private static final int KEEP_ENTRIES = 256;

    static final int UNSET = 0;
    static final int OK = 1;
    static final int ERROR = 2;

    /** A moment within a span. */
    public record Event(long epochNanos, String name, Map<String, Object> attributes) {}

    /** A span that this one refers to and that is not its parent. */
    public record Link(TraceId trace, long spanId, String traceState, Map<String, Object> attributes) {}

    Map<String, Object> attributes = new LinkedHashMap<>();
    Map<String, Object> resource = new LinkedHashMap<>();
    Map<String, Object> scope = new LinkedHashMap<>();
    final List<Event> events = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    Optional<TraceId> trace = Optional.empty();
    long spanId;
    Optional<Long> parentId = Optional.empty();
    Optional<SpanKind> kind = Optional.empty();
    String name = "";
    String traceState = "";
    long startNanos;
    long endNanos;
    int traceFlags;
    int status;
    String statusMessage = "";
    boolean shared;

    public void clear() {
        attributes = emptied(attributes);
        resource = emptied(resource);
        scope = emptied(scope);
        events.clear();
        links.clear();
        trace = Optional.empty();
        spanId = 0;
        parentId = Optional.empty();
        kind = Optional.empty();
        name = "";
        traceState = "";
        startNanos = 0;
        endNanos = 0;
        traceFlags = 0;
        status = UNSET;
        statusMessage = "";
        shared = false;
    }

    /** The map without its entries; another one when it held many, as clearing costs what it once held, span after span. */
    static Map<String, Object> emptied(Map<String, Object> map) {
        if (map.size() > KEEP_ENTRIES) {
            return new LinkedHashMap<>();
        }
        map.clear();
        return map;
    }

    public void ids(TraceId traceId, long spanId) {
        this.trace = Optional.of(traceId);
        this.spanId = spanId;
    }

    /** 0 for an ID that is there and is none: the span is a root, which is counted. */
    public void parent(long spanId) {
        parentId = Optional.of(spanId);
    }

    public void kind(SpanKind spanKind) {
        kind = Optional.of(spanKind);
    }

    public Optional<SpanKind> kind() {
        return kind;
    }

    public void name(String text) {
        name = text;
    }

    public void times(long startEpochNanos, long endEpochNanos) {
        startNanos = startEpochNanos;
        endNanos = endEpochNanos;
    }

    public long startNanos() {
        return startNanos;
    }

    /** W3C trace flags, 8 bits. */
    public void traceFlags(int flags) {
        traceFlags = flags & 0xff;
    }

    /** The server half of a Zipkin span that two services share. */
    public void shared() {
        shared = true;
    }

    public void error(String message) {
        status = ERROR;
        statusMessage = message;
    }

    public void ok() {
        status = OK;
    }

    /**
     * Sets what {@code otel.status_code} says, which exporters have written as {@code ERROR}, {@code STATUS_CODE_ERROR} and 2;
     * other texts set nothing.
     */
    public void status(String code, String description) {
        switch (code.toUpperCase(Locale.ROOT)) {
            case "ERROR", "STATUS_CODE_ERROR", "2" -> error(description);
            case "OK", "STATUS_CODE_OK", "1" -> ok();
            default -> {
                // unset
            }
        }
    }

    /** Returns whether the key was there before. Beyond {@link #MAX_ATTRIBUTES} others are let go: the span is refused. */
    public boolean attribute(String key, Object value) {
        return (attributes.size() <= MAX_ATTRIBUTES || attributes.containsKey(key))
                && attributes.put(key, value) != null;
    }

    public boolean has(String key) {
        return attributes.containsKey(key);
    }

    /** Takes an attribute out; empty when there is none. */
    public Optional<Object> take(String key) {
        return Optional.ofNullable(attributes.remove(key));
    }

    /** The text of an attribute that is taken out; empty when there is none. */
    public String takeText(String key) {
        return take(key).map(Object::toString).orElse("");
    }

    public void resource(String key, Object value) {
        resource.put(key, value);
    }

    public void event(long epochNanos, String eventName, Map<String, Object> eventAttributes) {
        events.add(new Event(epochNanos, eventName, eventAttributes));
    }

    public void link(Link link) {
        links.add(link);
    }
}
