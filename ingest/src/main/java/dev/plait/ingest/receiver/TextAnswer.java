package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;

/** Answers of protocols that have no message for it: a status, and for people what is wrong. */
final class TextAnswer {
    private TextAnswer() {}

    /** {@code success}: what the protocol says when Kafka has the request. */
    static HttpResponse of(HttpStatus success, Answer answer) {
        return answer.kind() == Answer.Kind.ACCEPTED
                ? HttpResponse.of(AnswerHeaders.of(success, answer).build())
                : HttpResponse.of(
                        AnswerHeaders.of(HttpStatus.valueOf(answer.kind().httpStatus()), answer)
                                .contentType(MediaType.PLAIN_TEXT_UTF_8)
                                .build(),
                        HttpData.ofUtf8(answer.message() + "\n"));
    }
}
