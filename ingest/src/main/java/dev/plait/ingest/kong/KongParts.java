package dev.plait.ingest.kong;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.accesslog.AccessAttribute;
import dev.plait.ingest.accesslog.AccessLogRecord;
import dev.plait.ingest.accesslog.CustomFields;
import dev.plait.ingest.accesslog.JsonScalar;
import dev.plait.ingest.otlp.GrpcStatus;
import java.io.IOException;

/**
 * Reads the parts of a Kong log into the record's slots. Numbers may be text, negative or absurd: what cannot be meant is left
 * out and counted, the log is kept. {@code latencies.proxy} is -1 when the request was not proxied, which is no latency.
 */
final class KongParts {
    private static final double MAX_LATENCY_MS = 1e12;
    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 999;

    private final AccessLogRecord log;
    private final KongHeaders headers;
    private final CustomFields custom;
    private final Normalised normalised;
    private final JsonScalar scalar = new JsonScalar();
    private final Members responseHeaders = this::responseHeader;

    KongParts(AccessLogRecord log, KongHeaders headers, CustomFields custom, Normalised normalised) {
        this.log = log;
        this.headers = headers;
        this.custom = custom;
        this.normalised = normalised;
    }

    void request(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "id" -> text(AccessAttribute.KONG_REQUEST_ID, parser);
            case "method" -> text(AccessAttribute.METHOD, parser);
            case "uri" -> {
                if (scalar.text(parser)) {
                    once(AccessAttribute.PATH);
                    log.target(scalar.bytes(), 0, scalar.length());
                }
            }
            case "url" -> text(AccessAttribute.URL, parser);
            case "size" -> size(AccessAttribute.REQUEST_SIZE, parser);
            case "headers" -> {
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    Members.read(parser, headers);
                } else {
                    parser.skipChildren();
                }
            }
            case "querystring", "tls", "body" -> parser.skipChildren();
            default -> custom.read("request", name, parser);
        }
    }

    void response(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "status" -> status(AccessAttribute.STATUS, parser);
            case "size" -> size(AccessAttribute.RESPONSE_SIZE, parser);
            case "headers" -> {
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    Members.read(parser, responseHeaders);
                } else {
                    parser.skipChildren();
                }
            }
            case "body" -> parser.skipChildren();
            default -> custom.read("response", name, parser);
        }
    }

    /** A gRPC server that fails before its first message says so in a header, under HTTP 200. */
    private void responseHeader(String name, JsonParser parser) throws IOException {
        if (!name.equalsIgnoreCase("grpc-status")) {
            parser.skipChildren();
            return;
        }
        String status = JsonScalar.string(parser);
        if (GrpcStatus.isServerError(status)) {
            log.error();
        }
        log.text(AccessAttribute.GRPC_STATUS, GrpcStatus.name(status).orElse(status));
    }

    void session(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "status" -> status(AccessAttribute.KONG_SESSION_STATUS, parser);
            case "received" -> size(AccessAttribute.KONG_SESSION_RECEIVED, parser);
            case "sent" -> size(AccessAttribute.KONG_SESSION_SENT, parser);
            case "server_port" -> size(AccessAttribute.KONG_SESSION_PORT, parser);
            case "tls" -> parser.skipChildren();
            default -> custom.read("session", name, parser);
        }
    }

    void latencies(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "request", "session" -> latency(AccessAttribute.KONG_TOTAL, parser);
            case "kong" -> latency(AccessAttribute.KONG_INTERNAL, parser);
            case "proxy" -> latency(AccessAttribute.KONG_UPSTREAM, parser);
            case "receive" -> latency(AccessAttribute.KONG_RECEIVE, parser);
            case "client" -> latency("kong.latency.client", parser);
            case "third_party" -> latency("kong.latency.third_party.total", parser);
            case "dns", "http_client", "redis", "socket" -> latency("kong.latency.third_party." + name, parser);
            default -> custom.read("latencies", name, parser);
        }
    }

    /** A route or service: its ID stands in for a missing name; a bare text is taken for the name. */
    void entity(JsonParser parser, AccessAttribute nameAttribute, AccessAttribute idAttribute) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            bareName(nameAttribute, parser);
            return;
        }
        Members.read(parser, (name, value) -> {
            switch (name) {
                case "name" -> text(nameAttribute, value);
                case "id" -> text(idAttribute, value);
                default -> value.skipChildren();
            }
        });
        log.copyIfAbsent(nameAttribute, idAttribute);
    }

    /** The consumer's user name and its ID; a consumer may have no name. */
    void consumer(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            bareName(AccessAttribute.KONG_CONSUMER_NAME, parser);
            return;
        }
        Members.read(parser, (name, value) -> {
            switch (name) {
                case "username" -> text(AccessAttribute.KONG_CONSUMER_NAME, value);
                case "id" -> text(AccessAttribute.KONG_CONSUMER_ID, value);
                default -> value.skipChildren();
            }
        });
    }

    private void bareName(AccessAttribute attribute, JsonParser parser) throws IOException {
        if (scalar.text(parser)) {
            normalised.count(Normalised.Kind.WRONG_TYPE);
            log.text(attribute, scalar.bytes(), 0, scalar.length());
        }
    }

    /** How often the balancer tried; the tries themselves are told by spans. */
    void tries(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            count++;
        }
        if (count > 0) {
            log.integer(AccessAttribute.KONG_TRIES, count);
        }
    }

    void clientAddress(JsonParser parser) throws IOException {
        if (scalar.text(parser) && !log.address(AccessAttribute.CLIENT_ADDRESS, scalar.bytes(), 0, scalar.length())) {
            normalised.count(Normalised.Kind.CLIENT_ADDRESS);
        }
    }

    void upstreamUri(JsonParser parser) throws IOException {
        text(AccessAttribute.KONG_UPSTREAM_URI, parser);
    }

    /** The last of nginx's list, one for each try: {@code "502, 200 : 200"}. A {@code -} is a try without an answer. */
    void upstreamStatus(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            String all = parser.getText();
            String last = all.substring(Math.max(all.lastIndexOf(' '), all.lastIndexOf(',')) + 1);
            boolean answered = !last.isEmpty() && !last.equals("-");
            status(AccessAttribute.KONG_UPSTREAM_STATUS, answered ? JsonScalar.parse(last) : 0);
        } else {
            status(AccessAttribute.KONG_UPSTREAM_STATUS, parser);
        }
    }

    /** What can only be told when everything was read. A request without the status of its response has the upstream's last. */
    void finish(boolean stream) {
        if (stream) {
            log.text(AccessAttribute.KONG_SUBSYSTEM, "stream");
            if (log.number(AccessAttribute.KONG_SESSION_STATUS) >= 500) {
                log.error();
            }
        } else if (!log.has(AccessAttribute.STATUS) && log.has(AccessAttribute.KONG_UPSTREAM_STATUS)) {
            log.copyIfAbsent(AccessAttribute.STATUS, AccessAttribute.KONG_UPSTREAM_STATUS);
            normalised.count(Normalised.Kind.UPSTREAM_STATUS);
        }
    }

    void text(AccessAttribute attribute, JsonParser parser) throws IOException {
        if (scalar.text(parser)) {
            once(attribute);
            log.text(attribute, scalar.bytes(), 0, scalar.length());
        }
    }

    private void status(AccessAttribute attribute, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            status(attribute, JsonScalar.number(parser));
        }
    }

    private void status(AccessAttribute attribute, double status) {
        if (status >= MIN_STATUS && status <= MAX_STATUS) {
            once(attribute);
            log.integer(attribute, (long) status);
        } else if (status != 0) {
            normalised.count(Normalised.Kind.BAD_STATUS);
        }
    }

    private void size(AccessAttribute attribute, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        double size = JsonScalar.number(parser);
        if (size >= 0 && size < Long.MAX_VALUE) {
            once(attribute);
            log.integer(attribute, (long) size);
        } else {
            normalised.count(Normalised.Kind.BAD_NUMBER);
        }
    }

    private void latency(AccessAttribute attribute, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        double ms = JsonScalar.number(parser);
        if (isLatency(ms)) {
            once(attribute);
            log.decimal(attribute, ms);
        }
    }

    /** One that Kong 3.14 on tells, named as its OTLP access logs name it. */
    private void latency(String key, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        double ms = JsonScalar.number(parser);
        if (isLatency(ms)) {
            log.other(key, ms);
        }
    }

    private boolean isLatency(double ms) {
        boolean is = ms >= 0 && ms <= MAX_LATENCY_MS;
        if (!is && ms != -1) {
            normalised.count(Normalised.Kind.BAD_NUMBER);
        }
        return is;
    }

    /** The last of duplicate keys wins, as in Kong's own JSON library. */
    private void once(AccessAttribute attribute) {
        if (log.has(attribute)) {
            normalised.count(Normalised.Kind.DUPLICATE_KEY);
        }
    }
}
