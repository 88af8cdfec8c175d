package dev.plait.sink.otlp;

import com.google.protobuf.Message;
import dev.plait.sink.delivery.HttpSender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** OTLP over HTTP, as protobuf or JSON; what answers mean is told by {@link HttpAnswers}. Thread safe. */
final class HttpTransport implements Transport {
    /** An answer is empty, or names what was refused. */
    private static final int MAX_ANSWER_BYTES = 64 << 10;

    private final HttpSender http;
    private final Endpoints endpoints;
    private final Map<String, String> headers;
    private final boolean json;
    private final boolean gzip;
    private final int maxRequestBytes;

    HttpTransport(
            HttpSender http,
            Endpoints endpoints,
            Map<String, String> headers,
            boolean json,
            boolean gzip,
            int maxRequestBytes) {
        this.http = http;
        this.endpoints = endpoints;
        this.json = json;
        this.gzip = gzip;
        this.maxRequestBytes = maxRequestBytes;
        this.headers = new LinkedHashMap<>(headers);
        this.headers.put("content-type", json ? "application/json" : "application/x-protobuf");
        this.headers.putIfAbsent("user-agent", "plait-sink-otlp");
        if (gzip) {
            this.headers.put("content-encoding", "gzip");
        }
    }

    @Override
    public Answer send(Signal signal, Message request) {
        byte[] body = json ? OtlpJson.of(request) : request.toByteArray();
        if (body.length > maxRequestBytes) {
            return Answer.TooLarge.here(body.length, maxRequestBytes);
        }
        try {
            return HttpAnswers.of(
                    signal,
                    json,
                    http.post(endpoints.of(signal), gzip ? compressed(body) : body, headers, MAX_ANSWER_BYTES));
        } catch (IOException noAnswer) {
            return Answer.NotNow.of(Texts.cut("no answer: " + noAnswer), Optional.empty());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Answer.NotNow.of("interrupted", Optional.empty());
        }
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        // a request on its way ends with the thread that waits for it
    }
}
