package dev.plait.sink.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.sink.delivery.HttpAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswersTest {
    private static final Optional<Duration> SOON = Optional.of(Duration.ofSeconds(7));

    @ParameterizedTest
    @ValueSource(
            ints = {
                100, 301, 307, 400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 501, 502, 503, 504, 505, 599
            })
    void status_isRetriedByTheTableOfOtlp(int status) {
        Answer answer = answer(false, status, "no".getBytes(UTF_8));

        if (List.of(429, 502, 503, 504).contains(status)) {
            assertThat(answer).isEqualTo(Answer.NotNow.of("HTTP " + status + ": no", SOON));
        } else if (status == 413) {
            assertThat(answer).isEqualTo(new Answer.TooLarge("HTTP 413: no"));
        } else if (List.of(301, 307, 401, 403, 404, 405, 415).contains(status)) {
            assertThat(answer).isEqualTo(new Answer.Denied("HTTP " + status + ": no"));
        } else {
            assertThat(answer).isEqualTo(new Answer.Refused("HTTP " + status + ": no", status == 400 || status == 422));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | 0 | \"\"",
                "{'partialSuccess':{}} | 0 | \"\"",
                "{'partialSuccess':{'rejectedSpans':'3','errorMessage':'old'}} | 3 | old",
                "{'partialSuccess':{'rejectedLogRecords':4}} | 4 | \"\"",
                "{'partialSuccess':{'errorMessage':'slow'}} | 0 | slow",
                "{'partialSuccess':null,'unknown':[{'a':1}]} | 0 | \"\"",
                "{'partialSuccess':{'rejectedSpans': | 0 | \"\"",
                "OK | 0 | \"\""
            })
    void jsonSuccess_tellsWhatWasRejected(String json, long rejected, String message) {
        byte[] body = json.replace('\'', '"').getBytes(UTF_8);

        assertThat(answer(true, 200, body)).isEqualTo(new Answer.Taken(rejected, message));
    }

    @Test
    void protobufSuccess_thatCannotBeReadIsASuccess() {
        assertThat(answer(false, 202, new byte[] {-1, -1})).isEqualTo(Answer.Taken.ALL);
    }

    @Test
    void statusMessages_areTold() {
        byte[] proto = com.google.rpc.Status.newBuilder()
                .setMessage("bad span\nid")
                .build()
                .toByteArray();

        assertThat(answer(false, 400, proto)).isEqualTo(new Answer.Refused("HTTP 400: bad span id", true));
        assertThat(answer(true, 422, "{\"message\":\"token\"}".getBytes(UTF_8)))
                .isEqualTo(new Answer.Refused("HTTP 422: token", true));
    }

    @Test
    void longAnswers_areCut() {
        Answer answer = answer(false, 400, "x".repeat(100_000).getBytes(UTF_8));

        assertThat(((Answer.Refused) answer).why()).hasSizeLessThan(320);
    }

    private static Answer answer(boolean json, int status, byte[] body) {
        return HttpAnswers.of(Signal.TRACES, json, new HttpAnswer(status, SOON, body));
    }
}
