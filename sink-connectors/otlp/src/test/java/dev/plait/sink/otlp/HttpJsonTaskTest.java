package dev.plait.sink.otlp;

/** The task keeps to the contract over HTTP with JSON. */
class HttpJsonTaskTest extends OtlpContract {
    HttpJsonTaskTest() {
        super(Protocol.HTTP_JSON);
    }
}
