package dev.plait.sink.otlp;

/** The task keeps to the contract over HTTP with protobuf. */
class HttpProtobufTaskTest extends OtlpContract {
    HttpProtobufTaskTest() {
        super(Protocol.HTTP_PROTOBUF);
    }
}
