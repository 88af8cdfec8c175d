package dev.plait.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.app.kafka.TopicReader;
import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a consumer of committed records has seen on {@code plait-traces}: for each trace and revision, how often. */
final class EmittedTraces implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final TopicReader reader;
    private final Map<String, TreeMap<Integer, Integer>> timesSeen = new HashMap<>();
    private final Map<String, JsonNode> latest = new HashMap<>();

    EmittedTraces(String bootstrap) throws IOException {
        this.reader = TopicReader.open(
                Map.of("bootstrap.servers", bootstrap), List.of(Topics.TRACES), TopicReader.From.BEGINNING);
    }

    /** Reads on until {@code condition} is met by what was seen. */
    void await(String what, BooleanSupplier condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2 * PlaitProcess.PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what + "; seen are " + latest.size() + " traces");
            }
            readFor(Duration.ofMillis(500));
        }
    }

    /** Reads what comes within {@code time}: what should not be there has its chance. */
    void readFor(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            for (ConsumerRecord<byte[], byte[]> item : reader.poll(Duration.ofNanos(left))) {
                add(json.readTree(item.value()));
            }
        }
    }

    int traces() {
        return latest.size();
    }

    /** The highest revision of a trace; empty text fields when it was not seen. */
    JsonNode latest(String traceId) {
        return latest.getOrDefault(traceId, json.createObjectNode());
    }

    /** How often the highest revision of a trace was seen. */
    int timesLatestSeen(String traceId) {
        return timesSeen.containsKey(traceId)
                ? timesSeen.get(traceId).lastEntry().getValue()
                : 0;
    }

    @Override
    public void close() {
        reader.close();
    }

    private void add(JsonNode trace) {
        String id = trace.path("traceId").asText();
        int revision = trace.path("revision").asInt();
        timesSeen.computeIfAbsent(id, unseen -> new TreeMap<>()).merge(revision, 1, Integer::sum);
        latest.merge(
                id,
                trace,
                (a, b) -> b.path("revision").asInt() >= a.path("revision").asInt() ? b : a);
    }
}
