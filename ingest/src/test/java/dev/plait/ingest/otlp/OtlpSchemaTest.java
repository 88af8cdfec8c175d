package dev.plait.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OtlpSchemaTest {
    /** Fields of the profiles dictionary, which mean nothing elsewhere. */
    private static final Set<String> LEFT_OUT = Set.of("keyStrindex", "stringValueStrindex");

    @Test
    void schema_saysOfEveryMessageWhatTheGeneratedDescriptorsSay() {
        Map<String, Set<String>> generated = new TreeMap<>();
        Deque<Descriptor> open = new ArrayDeque<>(
                List.of(TracesData.getDescriptor(), LogsData.getDescriptor(), MetricsData.getDescriptor()));
        while (!open.isEmpty()) {
            Descriptor message = open.pop();
            Set<String> fields = new HashSet<>();
            if (generated.putIfAbsent(message.getName(), fields) != null) {
                continue;
            }
            for (FieldDescriptor field : message.getFields()) {
                if (!LEFT_OUT.contains(field.getJsonName())) {
                    fields.add(line(field));
                }
                if (field.getType() == FieldDescriptor.Type.MESSAGE) {
                    open.push(field.getMessageType());
                }
            }
        }

        Map<String, Set<String>> ours = new TreeMap<>();
        OtlpSchema.MESSAGES.forEach((name, message) -> ours.put(
                name,
                new HashSet<>(
                        message.fields().stream().map(OtlpSchemaTest::line).toList())));

        assertThat(ours).isEqualTo(generated).hasSizeGreaterThan(30);
    }

    @Test
    void schema_findsFieldsByBothNames() {
        assertThat(OtlpSchema.SPAN.byName("startTimeUnixNano"))
                .isSameAs(OtlpSchema.SPAN.byName("start_time_unix_nano"));
        assertThat(OtlpSchema.SPAN.byNumber(7)).isSameAs(OtlpSchema.SPAN.byName("startTimeUnixNano"));
        assertThat(OtlpSchema.SPAN.byNumber(31)).isNull();
        assertThat(OtlpSchema.SPAN.byNumber(100_000)).isNull();
    }

    private static String line(FieldDescriptor field) {
        boolean id = field.getName().endsWith("trace_id") || field.getName().endsWith("span_id");
        boolean nested = field.getType() == FieldDescriptor.Type.MESSAGE;
        String type = id
                ? field.getName().endsWith("trace_id") ? "TRACE_ID" : "SPAN_ID"
                : field.getType().name();
        Map<String, Integer> values = new TreeMap<>();
        if (field.getType() == FieldDescriptor.Type.ENUM) {
            for (EnumValueDescriptor value : field.getEnumType().getValues()) {
                values.put(value.getName(), value.getNumber());
            }
        }
        return String.join(
                " ",
                String.valueOf(field.getNumber()),
                field.getJsonName(),
                field.getName(),
                type,
                String.valueOf(field.isRepeated()),
                nested ? field.getMessageType().getName() : "",
                values.toString());
    }

    private static String line(Field field) {
        return String.join(
                " ",
                String.valueOf(field.number()),
                field.json(),
                field.protoName(),
                field.type().name().toUpperCase(Locale.ROOT),
                String.valueOf(field.repeated()),
                field.type() == FieldType.MESSAGE ? field.message().name() : "",
                new TreeMap<>(field.values()).toString());
    }
}
