package dev.plait.sink.otlp;

import java.util.Arrays;
import java.util.List;

/** How requests travel, named as {@code OTEL_EXPORTER_OTLP_PROTOCOL} does. */
enum Protocol {
    HTTP_PROTOBUF("http/protobuf"),
    HTTP_JSON("http/json"),
    GRPC("grpc");

    private final String label;

    Protocol(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Protocol::label).toList();
    }

    /** @throws IllegalArgumentException on another label */
    static Protocol of(String label) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of " + labels() + " is expected"));
    }
}
