package dev.plait.sink.otlp;

import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.wire.TraceJson;
import dev.plait.sink.delivery.DeliveryContract;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkTask;

/** What every sink keeps to, with traces of one span whose name says key and number. */
abstract class OtlpContract implements DeliveryContract {
    private final String protocol;

    OtlpContract(Protocol protocol) {
        this.protocol = protocol.label();
    }

    static CorrelatedTrace trace(String name, long seed) {
        return new FixtureTraces(seed, 1, 1, 0).named(name).traces().get(0);
    }

    @Override
    public SinkTask newTask() {
        return new OtlpSinkTask();
    }

    @Override
    public Map<String, String> settings(URI backend) {
        return Map.of(
                "endpoint", backend.toString(), "protocol", protocol, "topics.traces", TOPIC, "compression", "none");
    }

    @Override
    public SchemaAndValue value(String key, int number, boolean schemas) {
        Object value = Records.value(TraceJson.write(trace(key + "/" + number, number)));
        if (!schemas) {
            return new SchemaAndValue(null, value);
        }
        Struct struct = Structs.of((Map<?, ?>) value);
        return new SchemaAndValue(struct.schema(), struct);
    }

    @Override
    public SchemaAndValue poison() {
        return new SchemaAndValue(null, Map.of("traceId", "no trace"));
    }

    @Override
    public List<String> read(byte[] body) {
        try {
            ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
            if (protocol.equals(Protocol.HTTP_JSON.label())) {
                JsonToProto.read(body, request);
            } else {
                request.mergeFrom(body);
            }
            return OtlpBackend.spans(request.build()).stream()
                    .map(Span::getName)
                    .toList();
        } catch (IOException notOtlp) {
            throw new UncheckedIOException(notOtlp);
        }
    }
}
