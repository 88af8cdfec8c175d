package dev.plait.app.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** The JSON object of Kong's log serializer ({@code kong.log.serialize}), as its kafka-log plugin writes it. */
final class KongLogLine {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String SERVICE_ID = "2c1b7d0e-8c0f-4b53-9f0b-5c8a51f4a7aa";

    private final KongExchange exchange;
    private final JsonGenerator json;

    private KongLogLine(KongExchange exchange, JsonGenerator json) {
        this.exchange = exchange;
        this.json = json;
    }

    /** @param traceId what the tracing plugin left; without it the line has only the request ID */
    static byte[] write(KongExchange exchange, Optional<String> traceId) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            new KongLogLine(exchange, json).write(traceId);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    private void write(Optional<String> traceId) throws IOException {
        json.writeStartObject();
        writeRequest();
        writeResponse();
        writeLatencies();
        if (exchange.wasProxied()) {
            writeUpstream();
        } else {
            json.writeStringField("source", "kong");
            json.writeStringField("upstream_uri", "");
            json.writeStringField("upstream_status", "");
        }
        json.writeStringField("client_ip", exchange.clientIp());
        json.writeNumberField("started_at", exchange.startedAtMs());
        json.writeStringField("correlation_id", exchange.correlationId());
        json.writeStringField("workspace", "0dcf3b2a-6d8c-4c1c-9f0a-2d9f0a7c3d02");
        json.writeStringField("workspace_name", "default");
        if (traceId.isPresent()) {
            json.writeObjectFieldStart("trace_id");
            json.writeStringField("w3c", traceId.get());
            json.writeStringField("b3", traceId.get());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeRequest() throws IOException {
        Request request = exchange.request();
        json.writeObjectFieldStart("request");
        json.writeStringField("id", exchange.requestId());
        json.writeStringField("method", request.method());
        json.writeStringField("uri", request.path());
        json.writeStringField("url", "http://" + request.host() + ":8000" + request.path());
        json.writeNumberField("size", 180 + request.path().length());
        json.writeObjectFieldStart("querystring");
        json.writeEndObject();
        json.writeObjectFieldStart("headers");
        for (Map.Entry<String, String> header : request.headers().asMap().entrySet()) {
            json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeResponse() throws IOException {
        json.writeObjectFieldStart("response");
        json.writeNumberField("status", exchange.response().status());
        json.writeNumberField("size", exchange.response().sizeBytes() + 210);
        json.writeObjectFieldStart("headers");
        json.writeStringField("content-type", "application/json");
        json.writeStringField("x-kong-request-id", exchange.requestId());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeLatencies() throws IOException {
        json.writeObjectFieldStart("latencies");
        json.writeNumberField("request", exchange.requestMs());
        json.writeNumberField("kong", exchange.kongMs());
        json.writeNumberField("proxy", exchange.proxyMs());
        json.writeNumberField("receive", 0);
        json.writeEndObject();
    }

    private void writeUpstream() throws IOException {
        json.writeStringField("source", "upstream");
        json.writeStringField("upstream_uri", exchange.request().path());
        json.writeStringField(
                "upstream_status", Integer.toString(exchange.response().status()));
        json.writeArrayFieldStart("tries");
        json.writeStartObject();
        json.writeStringField("ip", KongExchange.UPSTREAM_IP);
        json.writeNumberField("port", KongExchange.UPSTREAM_PORT);
        json.writeNumberField("balancer_start", exchange.triedAtMs());
        // above 2^53, so cjson writes it as a double: 1.7672256001230e+18
        json.writeFieldName("balancer_start_ns");
        json.writeNumber(
                new BigDecimal(exchange.triedAtMs()).scaleByPowerOfTen(6).doubleValue());
        json.writeNumberField("balancer_latency", 0);
        json.writeEndObject();
        json.writeEndArray();
        KongRoute route = KongRoute.of(exchange.request()).orElseThrow();
        json.writeObjectFieldStart("route");
        json.writeStringField("id", route.id());
        json.writeStringField("name", route.name());
        json.writeArrayFieldStart("paths");
        json.writeString(route.path());
        json.writeEndArray();
        json.writeEndObject();
        json.writeObjectFieldStart("service");
        json.writeStringField("id", SERVICE_ID);
        json.writeStringField("name", "checkout");
        json.writeStringField("host", "checkout.shop.svc");
        json.writeNumberField("port", KongExchange.UPSTREAM_PORT);
        json.writeEndObject();
    }
}
