package dev.plait.ingest.receiver;

import dev.plait.ingest.receiver.Answer.Kind;

/** A jump to an answer out of the middle of a request; no error report, so without a stack trace. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    Refusal(Kind kind, String message) {
        this(new Answer(kind, message));
    }

    Refusal(Answer answer) {
        super(answer.message(), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
