package dev.plait.app.doctor;

import dev.plait.schemas.topic.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What {@code plait-dead-letters} holds, by source topic and reason. Bounded: anyone may write any header. */
final class DeadLetterTally {
    private static final int MAX_KINDS = 200;
    private static final int MAX_TEXT = 300;

    /** Letters of one source topic and reason. */
    record Letters(String topic, String reason, long count, String example) {}

    private final Map<List<String>, Letters> kinds =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));

    void add(ConsumerRecord<byte[], byte[]> letter) {
        String topic = header(letter, DeadLetterHeaders.SOURCE_TOPIC);
        String reason = header(letter, DeadLetterHeaders.REASON);
        List<String> kind = List.of(topic, reason);
        if (!kinds.containsKey(kind) && kinds.size() >= MAX_KINDS) {
            kind = List.of("(other)", "(other)");
        }
        String example = header(letter, DeadLetterHeaders.DETAIL) + " (" + topic + "-"
                + header(letter, DeadLetterHeaders.SOURCE_PARTITION) + "@"
                + header(letter, DeadLetterHeaders.SOURCE_OFFSET) + ")";
        kinds.merge(
                kind,
                new Letters(kind.get(0), kind.get(1), 1, example),
                (had, more) -> new Letters(had.topic(), had.reason(), had.count() + 1, had.example()));
    }

    List<Letters> letters() {
        return List.copyOf(kinds.values());
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            return "?";
        }
        return new String(header.value(), 0, Math.min(header.value().length, MAX_TEXT), StandardCharsets.UTF_8);
    }
}
