package dev.plait.app.doctor;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Dead letters by the connector that wrote them, as Kafka Connect's header says. Many connectors share a topic, the engine too;
 * what has no such header (the connector does not write them, or it was no connector) is nobody's.
 */
final class SinkLetters {
    private static final String CONNECTOR = "__connect.errors.connector.name";
    private static final int MAX_CONNECTORS = 1_000;

    private final Map<String, Long> counts = new HashMap<>();

    void add(ConsumerRecord<byte[], byte[]> letter) {
        Header header = letter.headers().lastHeader(CONNECTOR);
        if (header != null && header.value() != null) {
            String connector = new String(header.value(), StandardCharsets.UTF_8);
            if (counts.containsKey(connector) || counts.size() < MAX_CONNECTORS) {
                counts.merge(connector, 1L, Long::sum);
            }
        }
    }

    long count(String connector) {
        return counts.getOrDefault(connector, 0L);
    }
}
