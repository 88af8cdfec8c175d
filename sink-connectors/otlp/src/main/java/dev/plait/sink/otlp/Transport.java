package dev.plait.sink.otlp;

import com.google.protobuf.Message;

/** Sends one export request and waits for its answer, at most as long as its timeout. Thread safe. */
interface Transport extends AutoCloseable {
    /**
     * Never fails: what keeps a request from arriving is {@link Answer.NotNow}. One that is larger than allowed when it is encoded
     * is not sent but {@link Answer.TooLarge}.
     */
    Answer send(Signal signal, Message request);

    @Override
    void close();
}
