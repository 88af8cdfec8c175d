package dev.plait.ingest.span;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.plait.ingest.Decoder;
import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.Rejected;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a decoder made of one record, its slices read by the generated classes of OTLP. */
public final class DecodedSpans {
    /** One span with where it came from. */
    public record One(RecordingSink.Item item, Span span, Map<String, Object> resource, String scope) {
        public Map<String, Object> attributes() {
            return map(span.getAttributesList());
        }

        public boolean has(int flag) {
            return (item.flags() & flag) != 0;
        }

        public String service() {
            return resource.getOrDefault("service.name", "").toString();
        }
    }

    public final Optional<Rejected> verdict;
    public final List<One> spans = new ArrayList<>();
    public final List<Rejected> rejected;
    public final Map<String, Integer> normalised;
    public final int resources;

    private DecodedSpans(Optional<Rejected> verdict, RecordingSink sink) {
        this.verdict = verdict;
        rejected = sink.rejected();
        normalised = sink.normalised();
        resources = sink.resources();
        for (RecordingSink.Item item : sink.items()) {
            spans.add(read(item));
        }
    }

    public static DecodedSpans of(Decoder decoder, byte[] value) {
        RecordingSink sink = new RecordingSink();
        return new DecodedSpans(decoder.decode(value, sink), sink);
    }

    public static DecodedSpans of(Decoder decoder, String json) {
        return of(decoder, json.getBytes(StandardCharsets.UTF_8));
    }

    public One only() {
        if (verdict.isPresent() || spans.size() != 1) {
            throw new AssertionError("one span expected, got " + spans + verdict + rejected);
        }
        return spans.get(0);
    }

    /** The reason for which the record is refused, else the reasons of its items, else {@code ok}. */
    public String told() {
        if (verdict.isPresent()) {
            return "D " + verdict.get().reason();
        }
        return rejected.isEmpty() ? "ok" : "P " + rejected.get(0).reason();
    }

    public static Map<String, Object> map(List<KeyValue> attributes) {
        Map<String, Object> map = new LinkedHashMap<>();
        attributes.forEach(attribute -> map.put(attribute.getKey(), value(attribute.getValue())));
        return map;
    }

    private static One read(RecordingSink.Item item) {
        try {
            return new One(
                    item,
                    Span.parseFrom(item.bytes()),
                    map(Resource.parseFrom(item.resource()).getAttributesList()),
                    scope(item.scope()));
        } catch (InvalidProtocolBufferException notOtlp) {
            throw new AssertionError("a slice that is no OTLP", notOtlp);
        }
    }

    private static String scope(ByteString bytes) throws InvalidProtocolBufferException {
        InstrumentationScope scope = InstrumentationScope.parseFrom(bytes);
        return scope.getName() + (scope.getVersion().isEmpty() ? "" : "@" + scope.getVersion());
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BYTES_VALUE -> value.getBytesValue();
            default -> value.getStringValue();
        };
    }
}
