package dev.plait.sink.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.plait.sink.delivery.HttpAnswer;
import java.io.IOException;
import java.util.Optional;

/**
 * What an HTTP answer means: 429, 502, 503 and 504 are retried, all other 4xx and 5xx (500 too) are final: 413 is a matter of
 * size, 400 and 422 of content, 401, 403, 404, 405 and 415 of how the sink is configured, as are redirects, which are not followed
 * because they would carry credentials away. Of a success that cannot be read it is only known that it is one. Source: opentelemetry-proto, docs/specification.md, "OTLP/HTTP Response".
 */
final class HttpAnswers {
    private static final JsonFactory JSON = new JsonFactory();

    private HttpAnswers() {}

    /** @param json whether request and answer are JSON; the answer is of the request's kind */
    static Answer of(Signal signal, boolean json, HttpAnswer answer) {
        int status = answer.status();
        if (answer.isSuccess()) {
            return json ? taken(answer.body()) : taken(signal, answer.body());
        }
        String why = message(answer)
                .map(text -> "HTTP " + status + ": " + Texts.cut(text))
                .orElseGet(answer::summary);
        return switch (status) {
            case 429, 502, 503, 504 -> Answer.NotNow.of(why, answer.retryAfter());
            case 413 -> new Answer.TooLarge(why);
            case 401, 403, 404, 405, 415 -> new Answer.Denied(why);
            default ->
                status / 100 == 3 ? new Answer.Denied(why) : new Answer.Refused(why, status == 400 || status == 422);
        };
    }

    private static Answer taken(Signal signal, byte[] body) {
        try {
            return PartialSuccess.of(signal.answers().parseFrom(body));
        } catch (InvalidProtocolBufferException notOfOtlp) {
            return Answer.Taken.ALL;
        }
    }

    /** {@code {"partialSuccess": {"rejectedSpans": "3", "errorMessage": "…"}}}, numbers as text or number. */
    private static Answer taken(byte[] body) {
        long rejected = 0;
        String message = "";
        try (JsonParser json = JSON.createParser(body)) {
            while (json.nextToken() != null) {
                if (json.currentToken() != JsonToken.FIELD_NAME) {
                    continue;
                }
                String field = json.currentName();
                json.nextToken();
                if (field.startsWith("rejected")) {
                    rejected = json.getValueAsLong();
                } else if (field.equals("errorMessage")) {
                    message = json.getValueAsString("");
                }
            }
        } catch (IOException notOfOtlp) {
            return Answer.Taken.ALL;
        }
        return rejected == 0 && message.isEmpty() ? Answer.Taken.ALL : new Answer.Taken(rejected, Texts.cut(message));
    }

    /** What a {@code google.rpc.Status} says, whichever way it is written; nothing when the body is something else. */
    private static Optional<String> message(HttpAnswer answer) {
        byte[] body = answer.body();
        try (JsonParser json = JSON.createParser(body)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME && "message".equals(json.currentName())) {
                    json.nextToken();
                    return Optional.of(json.getValueAsString(""));
                }
            }
        } catch (IOException notJson) {
            // then protobuf or a text
        }
        try {
            Status status = Status.parseFrom(body);
            boolean known = status.getUnknownFields().asMap().isEmpty();
            return Optional.of(status.getMessage()).filter(text -> known && !text.isEmpty());
        } catch (InvalidProtocolBufferException text) {
            return Optional.empty();
        }
    }
}
