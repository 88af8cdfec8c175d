package dev.plait.app.demo;

/**
 * Where the services of the demo send what they measure.
 *
 * @param http base address of OTLP/HTTP, such as {@code http://127.0.0.1:4318}
 * @param grpc address of OTLP/gRPC, such as {@code http://127.0.0.1:4317}
 */
public record OtlpEndpoints(String http, String grpc) {}
