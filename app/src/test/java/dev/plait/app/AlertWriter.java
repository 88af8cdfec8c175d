package dev.plait.app;

import dev.plait.schemas.topic.Topics;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Alerts on their topic, as the engine writes them: each fires, every second is resolved later. */
final class AlertWriter implements AutoCloseable {
    private final KafkaProducer<String, String> producer;
    private final Map<Integer, String> written = new TreeMap<>();

    AlertWriter(String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new StringSerializer());
    }

    /** How each alert stands, by number. */
    Map<Integer, String> written() {
        return written;
    }

    void fire(int from, int to) throws ExecutionException, InterruptedException {
        for (int number = from; number < to; number++) {
            write(number, "FIRING");
            if (number % 2 == 0) {
                write(number, "RESOLVED");
            }
        }
    }

    /** Not JSON: no connector can read it. */
    void writePoison() throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(Topics.ALERTS, "poison", "{\"fingerprint\": "))
                .get();
    }

    private void write(int number, String state) throws ExecutionException, InterruptedException {
        long nowMs = System.currentTimeMillis();
        boolean resolved = state.equals("RESOLVED");
        String fingerprint = "%016x".formatted(number);
        String alert = """
                {"fingerprint": "%s", "revision": %d, "name": "a", "kind": "BURN_RATE", "state": "%s", "severity": "page",
                 "labels": {"alertname": "a", "number": "%d"}, "annotations": {"summary": "s"},
                 "startsAtMs": %d, "endsAtMs": %s, "updatedAtMs": %d,
                 "evidence": {"traces": [], "contributors": [], "rootCauses": [], "logs": []}}
                """.formatted(
                        fingerprint,
                        resolved ? 2 : 1,
                        state,
                        number,
                        nowMs - 1000,
                        resolved ? Long.toString(nowMs) : "null",
                        nowMs + (resolved ? 1 : 0));
        producer.send(new ProducerRecord<>(Topics.ALERTS, fingerprint, alert)).get();
        written.put(number, resolved ? "resolved" : "firing");
    }

    @Override
    public void close() {
        producer.close();
    }
}
