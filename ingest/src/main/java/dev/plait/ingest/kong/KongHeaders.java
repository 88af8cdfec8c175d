package dev.plait.ingest.kong;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.accesslog.AccessAttribute;
import dev.plait.ingest.accesslog.AccessLogRecord;
import dev.plait.ingest.accesslog.JsonScalar;
import dev.plait.ingest.traceid.PropagationHeaders;
import dev.plait.schemas.model.TraceId;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes from {@code request.headers} the few that are known to hold no secret, those that propagate traces and those that
 * somebody wants; the values of all others are skipped unread. A header that was sent more than once is an array: its first value
 * counts, and of X-Forwarded-For and what is wanted all, at most {@value #MAX_TEXT} bytes.
 */
final class KongHeaders implements Members {
    private static final String PREFIX = "http.request.header.";
    private static final int MAX_TEXT = 1024;

    private final AccessLogRecord log;
    private final Map<String, String> wanted;
    private final PropagationHeaders propagation = new PropagationHeaders();
    private final JsonScalar scalar = new JsonScalar();

    KongHeaders(AccessLogRecord log, Set<String> wanted) {
        this.log = log;
        this.wanted = wanted.stream()
                .filter(name -> !AccessAttribute.isKey(PREFIX + name))
                .collect(Collectors.toUnmodifiableMap(Function.identity(), PREFIX::concat));
    }

    void clear() {
        propagation.clear();
    }

    boolean isPropagated() {
        return !propagation.isEmpty();
    }

    Optional<TraceId> traceId() {
        return propagation.traceId();
    }

    @Override
    public void member(String name, JsonParser parser) throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                if (i == 0 || isListed(lower)) {
                    value(lower, parser);
                } else {
                    parser.skipChildren();
                }
            }
        } else {
            value(lower, parser);
        }
    }

    private boolean isListed(String name) {
        return wanted.containsKey(name) || PropagationHeaders.isPropagation(name) || name.equals("x-forwarded-for");
    }

    private void value(String name, JsonParser parser) throws IOException {
        String attribute = wanted.get(name);
        if (attribute != null && parser.currentToken().isScalarValue() && scalar.text(parser)) {
            log.appendOther(attribute, scalar.bytes(), 0, scalar.length(), MAX_TEXT);
        }
        switch (name) {
            case "host" -> {
                if (text(AccessAttribute.HOST_HEADER, parser)) {
                    log.host(AccessAttribute.SERVER_ADDRESS, scalar.bytes(), 0, scalar.length());
                }
            }
            case "user-agent" -> text(AccessAttribute.USER_AGENT, parser);
            case "x-request-id" -> text(AccessAttribute.REQUEST_ID_HEADER, parser);
            case "content-type" -> text(AccessAttribute.CONTENT_TYPE, parser);
            case "x-forwarded-for" -> {
                if (scalar.text(parser)) {
                    log.append(AccessAttribute.FORWARDED_FOR, scalar.bytes(), 0, scalar.length());
                }
            }
            default -> propagated(name, parser);
        }
    }

    private void propagated(String name, JsonParser parser) throws IOException {
        if (!PropagationHeaders.isPropagation(name)) {
            parser.skipChildren();
            return;
        }
        if (name.equals("traceparent")) {
            text(AccessAttribute.TRACEPARENT, parser);
        }
        propagation.add(name, JsonScalar.string(parser));
    }

    private boolean text(AccessAttribute attribute, JsonParser parser) throws IOException {
        boolean any = scalar.text(parser);
        if (any) {
            log.text(attribute, scalar.bytes(), 0, scalar.length());
        }
        return any;
    }
}
