package dev.plait.sink.alertmanager;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Records of {@code plait-alerts} as converters hand them over. */
final class Alerts {
    private static final Schema TEXTS =
            SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build();
    private static final Schema TRACE =
            SchemaBuilder.struct().field("traceId", Schema.STRING_SCHEMA).build();
    private static final Schema CAUSE = SchemaBuilder.struct()
            .field("service", Schema.STRING_SCHEMA)
            .field("operation", Schema.STRING_SCHEMA)
            .field("share", Schema.FLOAT64_SCHEMA)
            .build();
    private static final Schema CONTRIBUTOR = SchemaBuilder.struct()
            .field("dimension", Schema.STRING_SCHEMA)
            .field("value", Schema.STRING_SCHEMA)
            .field("share", Schema.FLOAT64_SCHEMA)
            .build();
    private static final Schema LOG =
            SchemaBuilder.struct().field("body", Schema.STRING_SCHEMA).build();
    private static final Schema EVIDENCE = SchemaBuilder.struct()
            .field("traces", SchemaBuilder.array(TRACE).build())
            .field("rootCauses", SchemaBuilder.array(CAUSE).build())
            .field("contributors", SchemaBuilder.array(CONTRIBUTOR).build())
            .field("logs", SchemaBuilder.array(LOG).build())
            .build();
    private static final Schema ALERT = SchemaBuilder.struct()
            .field("fingerprint", Schema.STRING_SCHEMA)
            .field("revision", Schema.INT32_SCHEMA)
            .field("state", Schema.STRING_SCHEMA)
            .field("labels", TEXTS)
            .field("annotations", TEXTS)
            .field("startsAtMs", Schema.INT64_SCHEMA)
            .field("endsAtMs", Schema.OPTIONAL_INT64_SCHEMA)
            .field("updatedAtMs", Schema.INT64_SCHEMA)
            .field("budgetRemaining", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .field("evidence", EVIDENCE)
            .build();

    private Alerts() {}

    /** Without a schema. {@code endsAtMs} below 0: none. */
    static Map<String, Object> map(
            String name, String state, int revision, long startsAtMs, long endsAtMs, long nowMs) {
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("fingerprint", Integer.toHexString(name.hashCode()));
        alert.put("revision", (long) revision);
        alert.put("state", state);
        alert.put("labels", new HashMap<>(Map.of("alertname", name, "severity", "page", "slo", "orders", "empty", "")));
        alert.put("annotations", Map.of("summary", "revision " + revision));
        alert.put("startsAtMs", startsAtMs);
        alert.put("endsAtMs", endsAtMs < 0 ? null : endsAtMs);
        alert.put("updatedAtMs", nowMs);
        alert.put("budgetRemaining", 0.25);
        alert.put("evidence", evidence());
        return alert;
    }

    private static Map<String, Object> evidence() {
        return Map.of(
                "traces",
                List.of(Map.of("traceId", "4bf92f3577b34da6a3ce929d0e0e4736")),
                "rootCauses",
                List.of(Map.of("service", "payments", "operation", "POST /charges", "share", 0.9)),
                "contributors",
                List.of(Map.of("dimension", "route", "value", "orders-v1", "share", 1.0)),
                "logs",
                List.of(Map.of("body", "card declined")));
    }

    /** The same with a schema, as an Avro converter makes it. */
    static SchemaAndValue struct(Map<String, Object> alert) {
        Struct evidence = new Struct(EVIDENCE)
                .put("traces", List.of(new Struct(TRACE).put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736")))
                .put(
                        "rootCauses",
                        List.of(new Struct(CAUSE)
                                .put("service", "payments")
                                .put("operation", "POST /charges")
                                .put("share", 0.9)))
                .put("contributors", List.of())
                .put("logs", List.of());
        Struct struct = new Struct(ALERT).put("evidence", evidence);
        alert.forEach((field, value) -> {
            if (field.equals("revision")) {
                struct.put(field, ((Long) value).intValue());
            } else if (!field.equals("evidence")) {
                struct.put(field, value);
            }
        });
        return new SchemaAndValue(ALERT, struct);
    }
}
