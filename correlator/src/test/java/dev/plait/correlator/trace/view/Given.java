package dev.plait.correlator.trace.view;

import dev.plait.correlator.trace.ClosedTrace;
import dev.plait.correlator.trace.Closing;
import dev.plait.correlator.trace.PieceHashes;
import dev.plait.correlator.trace.Pieces;
import dev.plait.schemas.model.CloseReason;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.JoinedBy;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.model.SpanEvent;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.SpanStatus;
import dev.plait.schemas.model.TraceId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pieces for tests, written as short as a drawing of the trace. */
public final class Given {
    public static final TraceId TRACE = TraceId.ofHex("4bf92f3577b34da6a3ce929d0e0e4736");

    private Given() {}

    /** {@code span(2, 1, "db", 10, 40)}: span 2 under span 1, of service db, from 10 to 40. */
    public static Span span(long id, long parent, String service, long start, long end) {
        return new Span(id, parent, service, SpanKind.SERVER, start, end, false, "op-" + id, Map.of(), List.of(), "");
    }

    public static ReceivedLog kong(long start, Object... attributes) {
        return access(Source.KONG, start, attributes);
    }

    public static ReceivedLog envoy(long start, Object... attributes) {
        return access(Source.ENVOY, start, attributes);
    }

    public static ReceivedLog access(Source source, long start, Object... attributes) {
        Map<String, Object> resource = source == Source.KONG ? Map.of("service.name", "kong") : Map.of();
        Map<String, Object> given = map(attributes);
        boolean failed = Semantics.httpStatus(given).orElse(0) >= 500
                || ResponseFlag.anyUpstreamFault(ResponseFlag.codes(given))
                || "UNAVAILABLE".equals(given.get("rpc.status_code"));
        return new ReceivedLog(
                start,
                0,
                "",
                0,
                "",
                true,
                failed,
                JoinedBy.TRACE_ID,
                given,
                new Origin(resource, "", source, Map.of()));
    }

    public static ReceivedLog log(long time, String service, String body) {
        return new ReceivedLog(
                time, 0, "INFO", 9, body, false, false, JoinedBy.TRACE_ID, Map.of(), origin(service, "", Map.of()));
    }

    public static Closing closing() {
        return closing(false, new CorrelatedTrace.Counts(3, 1, 2, 0, 0, 0));
    }

    public static Closing closing(boolean delta, CorrelatedTrace.Counts counts) {
        ClosedTrace marker = new ClosedTrace(TRACE, 1, 0, 1, 1, 1_000, 1_000, 900, counts, PieceHashes.NONE);
        return new Closing(
                TRACE,
                Optional.empty(),
                1,
                delta,
                CloseReason.ROOT_COMPLETE,
                1_000,
                false,
                false,
                counts,
                Pieces.NONE,
                -1,
                marker);
    }

    static SpanTree tree(Span... spans) {
        return new SpanTree(spans(spans));
    }

    public static List<ReceivedSpan> spans(Span... spans) {
        return Arrays.stream(spans).map(Span::received).toList();
    }

    public static Origin origin(String service, String scope, Map<String, String> tags) {
        return new Origin(service.isEmpty() ? Map.of() : Map.of("service.name", service), scope, Source.OTLP, tags);
    }

    public static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            map.put((String) namesAndValues[i], value instanceof Integer n ? Long.valueOf(n) : value);
        }
        return map;
    }

    /** A span under construction. */
    public record Span(
            long id,
            long parent,
            String service,
            SpanKind kind,
            long start,
            long end,
            boolean error,
            String name,
            Map<String, Object> attributes,
            List<SpanEvent> events,
            String message) {
        public Span kind(SpanKind other) {
            return new Span(id, parent, service, other, start, end, error, name, attributes, events, message);
        }

        public Span client() {
            return kind(SpanKind.CLIENT);
        }

        public Span failed() {
            return new Span(id, parent, service, kind, start, end, true, name, attributes, events, message);
        }

        public Span named(String other) {
            return new Span(id, parent, service, kind, start, end, error, other, attributes, events, message);
        }

        public Span with(Object... namesAndValues) {
            return new Span(id, parent, service, kind, start, end, error, name, map(namesAndValues), events, message);
        }

        public Span saying(String text) {
            return new Span(id, parent, service, kind, start, end, error, name, attributes, events, text);
        }

        public Span throwing(String type, String text) {
            SpanEvent exception =
                    new SpanEvent("exception", start, map("exception.type", type, "exception.message", text));
            return new Span(
                    id, parent, service, kind, start, end, error, name, attributes, List.of(exception), message);
        }

        public ReceivedSpan received() {
            return received(origin(service, "", Map.of()));
        }

        public ReceivedSpan received(Origin origin) {
            return new ReceivedSpan(
                    id,
                    parent,
                    name,
                    kind,
                    start,
                    end,
                    error ? SpanStatus.ERROR : SpanStatus.UNSET,
                    message,
                    error,
                    attributes,
                    events,
                    List.of(),
                    origin);
        }
    }
}
