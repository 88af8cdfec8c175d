package dev.plait.ingest.kong;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.AccessAttribute;
import dev.plait.ingest.accesslog.AccessLogRecord;
import dev.plait.ingest.accesslog.ContainerLine;
import dev.plait.ingest.accesslog.CustomFields;
import dev.plait.ingest.accesslog.EpochTime;
import dev.plait.ingest.accesslog.JsonInput;
import dev.plait.ingest.accesslog.JsonScalar;
import dev.plait.ingest.accesslog.LogResource;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.accesslog.WrappedText;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.model.TraceId;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the top level of one Kong log in one pass and hands it over. Its parts, objects of their own, are read by
 * {@link KongParts}, {@link KongHeaders} and {@link KongTraceIds}, what Kong itself does not write by {@link CustomFields}.
 */
final class KongLogReader {
    private static final Optional<Problem> NOT_KONG =
            Optional.of(new Problem(Reason.WRONG_FORMAT, "Wrong format: no field of a Kong log"));
    /** What Kong's serializer writes; what else is nested with it keeps the name of that it is nested in. */
    private static final Set<String> SERIALIZED = Set.of(
            ("request response session latencies service route consumer tries trace_id started_at client_ip upstream_uri"
                            + " upstream_status source workspace workspace_name correlation_id upstream"
                            + " authenticated_entity ai")
                    .split(" "));

    /** Of a record: each costs an exception. */
    private static final int MAX_BROKEN_TEXTS = 1_000;

    private static final int REQUEST = 1;
    private static final int SESSION = 2;
    private static final int OTHER = 4;

    private final AccessLogRecord log;
    private final Normalised normalised = new Normalised();
    private final KongTraceIds traceIds = new KongTraceIds(normalised);
    private final KongHeaders headers;
    private final CustomFields custom;
    private final KongParts parts;
    private final Members request;
    private final Members response;
    private final Members session;
    private final Members latencies;
    private final WrappedText wrapped = new WrappedText();
    private Optional<Problem> problem = Optional.empty();
    private Optional<String> credentialConsumer = Optional.empty();
    private boolean inWrapper;
    private int brokenTexts;
    private int marks;

    KongLogReader(Redaction redaction, Set<String> keptHeaders) {
        log = new AccessLogRecord(redaction);
        headers = new KongHeaders(log, keptHeaders);
        custom = new CustomFields(log, "", KongLogReader::isPayload);
        parts = new KongParts(log, headers, custom, normalised);
        request = parts::request;
        response = parts::response;
        session = parts::session;
        latencies = parts::latencies;
    }

    /** Begins a record. */
    void clear() {
        brokenTexts = 0;
    }

    /** Reads the object the parser stands at, to its end; what is wrong with it, if anything. */
    Optional<Problem> read(JsonParser parser) throws IOException {
        wrapped.clear();
        readMembers(parser, false);
        if (wrapped.isEmpty()) {
            return marks == 0 ? NOT_KONG : problem;
        }
        if (marks != 0) {
            custom.text(wrapped.name(), wrapped.text(), 0, wrapped.text().length);
            return problem;
        }
        return readText(wrapped.text());
    }

    /** Reads the text that stands for the log; what is wrong with it, if anything. */
    private Optional<Problem> readText(byte[] text) throws IOException {
        int start = ContainerLine.of(text, 0, text.length)
                .map(ContainerLine::contentAt)
                .orElse(0);
        if (start == text.length || text[start] != '{') {
            return NOT_KONG;
        }
        if (brokenTexts == MAX_BROKEN_TEXTS) {
            return Optional.of(new Problem(
                    Reason.TOO_MANY,
                    "Too many: " + MAX_BROKEN_TEXTS + " texts before it are not JSON, it is not read"));
        }
        try (JsonParser parser = JsonInput.open(text, start, text.length)) {
            parser.nextToken();
            readMembers(parser, true);
            return marks == 0 ? NOT_KONG : problem;
        } catch (JsonProcessingException broken) {
            brokenTexts++;
            Rejected rejected = JsonInput.rejected(broken, text, start, text.length, false);
            return Optional.of(new Problem(rejected.reason(), rejected.detail() + " of the text"));
        }
    }

    private void readMembers(JsonParser parser, boolean wrapper) throws IOException {
        log.clear();
        normalised.clear();
        headers.clear();
        custom.clear();
        traceIds.clear();
        problem = Optional.empty();
        credentialConsumer = Optional.empty();
        inWrapper = wrapper;
        marks = 0;
        Members.read(parser, this::member);
    }

    /** Gives the log that was read, if it had no problem, to {@code sink}. */
    void handTo(SignalSink sink, LogResource resource, int resourceNumber) {
        parts.finish((marks & (REQUEST | SESSION)) == SESSION);
        if (!log.has(AccessAttribute.KONG_CONSUMER_ID)) {
            credentialConsumer.ifPresent(id -> log.text(AccessAttribute.KONG_CONSUMER_ID, id));
        }
        Optional<TraceId> trace = traceIds.pick(log).or(this::headerTrace);
        trace.ifPresent(log::trace);
        normalised.handTo(sink);
        AccessAttribute requestId = log.has(AccessAttribute.KONG_REQUEST_ID)
                ? AccessAttribute.KONG_REQUEST_ID
                : AccessAttribute.REQUEST_ID_HEADER;
        log.handTo(sink, requestId, resource, resourceNumber);
    }

    /** The headers hold the context that came in: the same trace, and a span that is not Kong's. */
    private Optional<TraceId> headerTrace() {
        Optional<TraceId> trace = headers.traceId();
        if (trace.isEmpty() && headers.isPropagated()) {
            normalised.count(Normalised.Kind.BAD_TRACE_ID);
        }
        return trace;
    }

    private void member(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "request" -> required(name, parser, request, REQUEST);
            case "response" -> required(name, parser, response, OTHER);
            case "session" -> required(name, parser, session, SESSION);
            case "latencies" -> optional(parser, latencies);
            case "service" -> parts.entity(parser, AccessAttribute.KONG_SERVICE_NAME, AccessAttribute.KONG_SERVICE_ID);
            case "route" -> parts.entity(parser, AccessAttribute.KONG_ROUTE_NAME, AccessAttribute.KONG_ROUTE_ID);
            case "consumer" -> parts.consumer(parser);
            case "tries" -> parts.tries(parser);
            case "trace_id" -> traceIds.read(parser);
            case "started_at" -> startedAt(parser);
            case "client_ip" -> {
                marks |= OTHER;
                parts.clientAddress(parser);
            }
            case "upstream_uri" -> parts.upstreamUri(parser);
            case "upstream_status" -> parts.upstreamStatus(parser);
            case "source" -> parts.text(AccessAttribute.KONG_SOURCE, parser);
            case "workspace_name" -> parts.text(AccessAttribute.KONG_WORKSPACE, parser);
            case "correlation_id" -> parts.text(AccessAttribute.KONG_CORRELATION_ID, parser);
            case "workspace", "upstream" -> parser.skipChildren();
            case "authenticated_entity" -> credential(parser);
            default -> other(name, parser);
        }
    }

    /** A custom field, unless it is the log that somebody put there: an object here, a text when all else was read. */
    private void other(String name, JsonParser parser) throws IOException {
        if (inWrapper || !WrappedText.isName(name)) {
            custom.read(name, parser);
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            inWrapper = true;
            Members.read(parser, (member, value) -> {
                if (SERIALIZED.contains(member)) {
                    member(member, value);
                } else {
                    custom.read(name, member, value);
                }
            });
            inWrapper = false;
        } else if (!wrapped.take(name, parser)) {
            custom.read(name, parser);
        }
    }

    /** Whose the credential is stands in for a consumer that was taken out of the log. */
    private void credential(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        Members.read(parser, (name, value) -> {
            String text = JsonScalar.string(value);
            if (name.equals("consumer_id") && !text.isEmpty()) {
                credentialConsumer = Optional.of(text);
            }
        });
    }

    /** What models were told and answered. */
    private static boolean isPayload(String path) {
        return path.startsWith("ai.") && path.endsWith(".payload");
    }

    /** A part without which the log makes no sense if it is there in another type: custom fields can overwrite it. */
    private void required(String name, JsonParser parser, Members members, int mark) throws IOException {
        if ((marks & mark) != 0 && mark != OTHER) {
            normalised.count(Normalised.Kind.DUPLICATE_KEY);
        }
        marks |= mark;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Members.read(parser, members);
        } else if (!isEmptyList(parser)) {
            problem = Optional.of(new Problem(Reason.WRONG_TYPE, "Wrong type: " + name + " is not an object"));
        }
    }

    private void optional(JsonParser parser, Members members) throws IOException {
        marks |= OTHER;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Members.read(parser, members);
        } else if (!isEmptyList(parser)) {
            normalised.count(Normalised.Kind.WRONG_TYPE);
        }
    }

    /** Null and {@code []} stand for an empty object: Lua cannot tell its tables apart. Consumes the value. */
    private static boolean isEmptyList(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            boolean empty = parser.nextToken() == JsonToken.END_ARRAY;
            while (!empty && parser.currentToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
                parser.nextToken();
            }
            return empty;
        }
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private void startedAt(JsonParser parser) throws IOException {
        marks |= OTHER;
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        double time = JsonScalar.number(parser);
        if (time == 0) {
            normalised.count(Normalised.Kind.NO_TIME);
            return;
        }
        long nanos = EpochTime.nanos(time);
        if (nanos == EpochTime.BAD) {
            problem = Optional.of(new Problem(Reason.BAD_TIME, "Bad time: started_at is no epoch time"));
            return;
        }
        if (!EpochTime.isMillis(time)) {
            normalised.count(Normalised.Kind.TIME_UNIT);
        }
        log.timeNanos(nanos);
    }
}
