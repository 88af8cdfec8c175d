package dev.plait.sink.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts bodies and reads the beginning of answers, within a time that holds for all of it: a backend that stops in the middle of
 * an answer is as one that gives none. Redirects are not followed, as they would carry secrets elsewhere. HTTP/1.1 over plain
 * text, so that no upgrade is tried; HTTP/2 when TLS agrees on it. Thread safe.
 */
public final class HttpSender {
    private final HttpClient client;
    private final HttpSettings settings;

    public HttpSender(HttpSettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER);
        settings.tls().ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /**
     * Sends one request and waits for the beginning of its answer.
     *
     * @param headers besides the authorization; of a name in both this one counts
     * @param answerBytes how much of the answer is read
     * @throws IOException when there is no answer: no connection, none in time, half of one
     * @throws InterruptedException when the thread is interrupted; the request is given up
     */
    public HttpAnswer post(URI url, byte[] body, Map<String, String> headers, int answerBytes)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .version("https".equals(url.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .timeout(settings.requestTimeout())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        settings.authorization().ifPresent(value -> request.setHeader("Authorization", value));
        headers.forEach(request::setHeader);
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), info -> new BoundedBody(answerBytes));
        try {
            HttpResponse<byte[]> response = answer.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return new HttpAnswer(
                    response.statusCode(),
                    response.headers()
                            .firstValue("Retry-After")
                            .flatMap(value -> RetryAfter.parse(value, Instant.now())),
                    response.body());
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause
                    ? cause
                    : new IOException(String.valueOf(failed.getCause()), failed.getCause());
        } catch (TimeoutException late) {
            throw new HttpTimeoutException("no whole answer within " + settings.requestTimeout());
        } finally {
            answer.cancel(true);
        }
    }
}
