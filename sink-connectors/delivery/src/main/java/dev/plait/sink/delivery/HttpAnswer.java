package dev.plait.sink.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What a backend said to one request.
 *
 * @param retryAfter of the header, whether it was seconds or a date
 * @param body its first bytes, as many as were asked for at most
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record HttpAnswer(int status, Optional<Duration> retryAfter, byte[] body) {
    private static final int TEXT_CHARS = 300;

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Status and the beginning of the body in one printable line, for logs and dead letters. */
    public String summary() {
        String text = new String(body, 0, Math.min(body.length, TEXT_CHARS * 4), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        String cut = text.length() > TEXT_CHARS ? text.substring(0, TEXT_CHARS) + "…" : text;
        return "HTTP " + status + (cut.isEmpty() ? "" : ": " + cut);
    }
}
