package dev.plait.sink.otlp;

import dev.plait.sink.delivery.RecordView;
import java.util.Map;
import org.apache.kafka.connect.json.JsonConverter;

/** Records as Kafka Connect's own JSON converter hands them to a sink. */
final class Records {
    private static final JsonConverter CONVERTER = new JsonConverter();

    static {
        CONVERTER.configure(Map.of("schemas.enable", "false"), false);
    }

    private Records() {}

    static Object value(byte[] json) {
        return CONVERTER.toConnectData("any", json).value();
    }

    static RecordView view(byte[] json) {
        return RecordView.of(value(json));
    }
}
