package dev.plait.sink.otlp;

import dev.plait.sink.delivery.DeliverySettings;
import dev.plait.sink.delivery.HttpSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The configuration keys of the OTLP sink. They are API; each one's documentation says what it does. */
final class OtlpKeys {
    static final String ENDPOINT = "endpoint";
    static final String PROTOCOL = "protocol";
    static final String COMPRESSION = "compression";
    static final String HEADERS = "headers";
    static final String PRESET = "preset";
    static final String API_TOKEN = "api.token";
    static final String SIGNALS = "signals";
    static final String REVISIONS = "traces.revisions";
    static final String REMEMBERED = "traces.remembered.pieces";
    static final String SAMPLING = "traces.sampling";
    static final String DURATION_UNIT = "metrics.duration.unit";
    static final String MAX_BYTES = "max.request.bytes";
    static final String MAX_ITEMS = "max.items";

    private static final String CONNECTION = "Endpoint";
    private static final String RECORDS = "Records";
    private static final String REQUESTS = "Requests";

    private OtlpKeys() {}

    /** The endpoint of one signal: {@code traces.endpoint}. */
    static String endpoint(Signal signal) {
        return signal.label() + ".endpoint";
    }

    static ConfigDef define() {
        ConfigDef keys = new ConfigDef();
        connection(keys);
        records(keys);
        requests(keys);
        return HttpSettings.define(DeliverySettings.define(keys));
    }

    private static void connection(ConfigDef keys) {
        int order = 0;
        keys.define(
                ENDPOINT,
                ConfigDef.Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                new ConfigDef.NonEmptyString(),
                Importance.HIGH,
                "The backend: http:// or https:// URL. Over HTTP it is a base that v1/traces, v1/logs and v1/metrics are put"
                        + " below; over gRPC host and port count. TLS with https.",
                CONNECTION,
                order++,
                Width.LONG,
                "Endpoint");
        for (Signal signal : Signal.values()) {
            keys.define(
                    endpoint(signal),
                    ConfigDef.Type.STRING,
                    null,
                    Importance.LOW,
                    "Where " + signal.label() + " go instead, over HTTP: a URL that is taken as it is.",
                    CONNECTION,
                    order++,
                    Width.LONG,
                    "Endpoint of " + signal.label());
        }
        keys.define(
                PROTOCOL,
                ConfigDef.Type.STRING,
                Protocol.HTTP_PROTOBUF.label(),
                ValidString.in(Protocol.labels().toArray(String[]::new)),
                Importance.HIGH,
                "How requests travel: http/protobuf, http/json or grpc.",
                CONNECTION,
                order++,
                Width.SHORT,
                "Protocol");
        keys.define(
                COMPRESSION,
                ConfigDef.Type.STRING,
                "gzip",
                ValidString.in("gzip", "none"),
                Importance.LOW,
                "How requests are compressed: gzip or none.",
                CONNECTION,
                order++,
                Width.SHORT,
                "Compression");
        keys.define(
                HEADERS,
                ConfigDef.Type.PASSWORD,
                "",
                Importance.MEDIUM,
                "Headers of every request, as OTEL_EXPORTER_OTLP_HEADERS has them: name=value,name=value, values"
                        + " percent-encoded. Secret.",
                CONNECTION,
                order++,
                Width.LONG,
                "Headers");
        keys.define(
                PRESET,
                ConfigDef.Type.STRING,
                Preset.NONE.label(),
                ValidString.in(labels(Preset.values())),
                Importance.MEDIUM,
                "Rules of a vendor's intake: dynatrace (endpoint ends in /api/v2/otlp, at most 50 attributes a point and 15000"
                        + " points a request, spans of more than 60 minutes counted as old) or datadog; both take http/protobuf"
                        + " alone. Or none.",
                CONNECTION,
                order++,
                Width.SHORT,
                "Preset");
        keys.define(
                API_TOKEN,
                ConfigDef.Type.PASSWORD,
                "",
                Importance.HIGH,
                "The token of the preset's vendor, sent as Authorization: Api-Token … (dynatrace) or dd-api-key (datadog)."
                        + " Secret.",
                CONNECTION,
                order,
                Width.LONG,
                "API token");
    }

    private static void records(ConfigDef keys) {
        int order = 0;
        for (RecordKind kind : RecordKind.values()) {
            keys.define(
                    kind.key(),
                    ConfigDef.Type.LIST,
                    List.of(kind.defaultTopic()),
                    Importance.LOW,
                    "Topics whose records are as those of " + kind.defaultTopic() + ".",
                    RECORDS,
                    order++,
                    Width.LONG,
                    "Topics as " + kind.defaultTopic());
        }
        keys.define(
                SIGNALS,
                ConfigDef.Type.LIST,
                Arrays.stream(Signal.values()).map(Signal::label).toList(),
                ConfigDef.ValidList.in("traces", "logs", "metrics"),
                Importance.MEDIUM,
                "What is sent: traces, logs, metrics. A backend for traces alone does not take the logs of a trace.",
                RECORDS,
                order++,
                Width.MEDIUM,
                "Signals");
        keys.define(
                SAMPLING,
                ConfigDef.Type.STRING,
                "all",
                ValidString.in("all", "keep"),
                Importance.MEDIUM,
                "Which traces are sent: all, or those alone whose sampling decision is to keep them.",
                RECORDS,
                order++,
                Width.SHORT,
                "Sampling");
        keys.define(
                REVISIONS,
                ConfigDef.Type.STRING,
                label(Revisions.NEW),
                ValidString.in(labels(Revisions.values())),
                Importance.LOW,
                "What of a trace's later complete revisions is sent: new (the spans and logs that no earlier revision had, as far"
                        + " as the task remembers), all (everything again: for backends that replace a span of the same ID) or"
                        + " first (nothing; late pieces that a complete revision brings are not sent).",
                RECORDS,
                order++,
                Width.SHORT,
                "Revisions");
        keys.define(
                REMEMBERED,
                ConfigDef.Type.INT,
                1_000_000,
                Range.between(0, 100_000_000),
                Importance.LOW,
                "How many spans and logs a task remembers to tell new ones; 12 bytes each, and some 200 a trace.",
                RECORDS,
                order++,
                Width.SHORT,
                "Remembered pieces");
        keys.define(
                DURATION_UNIT,
                ConfigDef.Type.STRING,
                "s",
                ValidString.in("s", "ns"),
                Importance.LOW,
                "Unit of duration metrics: s (the convention; bounds of buckets are moved by less than half a bucket) or ns (as"
                        + " counted).",
                RECORDS,
                order,
                Width.SHORT,
                "Unit of durations");
    }

    private static void requests(ConfigDef keys) {
        keys.define(
                MAX_BYTES,
                ConfigDef.Type.INT,
                4 << 20,
                Range.between(1 << 10, 64 << 20),
                Importance.MEDIUM,
                "Largest request in bytes, before compression. A single item that is larger is refused.",
                REQUESTS,
                0,
                Width.SHORT,
                "Request bytes");
        keys.define(
                MAX_ITEMS,
                ConfigDef.Type.INT,
                5_000,
                Range.between(1, 100_000),
                Importance.LOW,
                "Most spans, log records or data points in a request.",
                REQUESTS,
                1,
                Width.SHORT,
                "Request items");
    }

    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String[] labels(Enum<?>[] values) {
        return Arrays.stream(values).map(OtlpKeys::label).toArray(String[]::new);
    }
}
