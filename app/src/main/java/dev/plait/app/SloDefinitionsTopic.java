package dev.plait.app;

import dev.plait.app.kafka.TopicReader;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.topic.Topics;
import dev.plait.schemas.wire.SloDefinitionJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The SLO definitions in effect on one cluster: reading them, and putting others into effect. */
final class SloDefinitionsTopic {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int DELIVERY_MS = 30_000;

    /** Within it, every instance that runs has read what was written. */
    static final long HEAD_START_MS = 5_000;

    private final Map<String, String> kafka;

    /** @param kafka client settings */
    SloDefinitionsTopic(Map<String, String> kafka) {
        this.kafka = kafka;
    }

    /** What {@link #apply} did: names of SLOs, each in one of the lists. */
    record Applied(List<String> added, List<String> changed, List<String> unchanged, List<String> deleted) {}

    /** The definitions that hold now, by name. Records that are no definition are passed over, as every reader does. */
    SortedMap<String, SloDefinition> current() throws IOException {
        return read(new TreeSet<>());
    }

    /** @param unreadable takes the keys whose latest record is no definition */
    private SortedMap<String, SloDefinition> read(Set<String> unreadable) throws IOException {
        SortedMap<String, SloDefinition> current = new TreeMap<>();
        try (TopicReader reader =
                TopicReader.open(kafka, List.of(Topics.SLO_DEFINITIONS), TopicReader.From.BEGINNING)) {
            while (!reader.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> item : reader.poll(PATIENCE)) {
                    take(current, unreadable, item);
                }
            }
        }
        return current;
    }

    private static void take(
            Map<String, SloDefinition> current, Set<String> unreadable, ConsumerRecord<byte[], byte[]> item) {
        if (item.key() == null) {
            return;
        }
        String name = new String(item.key(), StandardCharsets.UTF_8);
        unreadable.remove(name);
        if (item.value() == null) {
            current.remove(name);
        } else if (SloDefinitionJson.read(item.value()) instanceof SloDefinitionJson.Defined read
                && read.definition().name().equals(name)) {
            current.put(name, read.definition());
        } else {
            unreadable.add(name);
        }
    }

    /**
     * Puts definitions into effect: changed ones for requests that end some seconds from now, when every instance knows them.
     * What is in effect already is not written again.
     *
     * @param newFromMs new ones are for requests that end from then on; 0: for all that are still to be counted
     * @param prune whether those that are not among {@code definitions} are deleted, and records that are none
     */
    Applied apply(List<SloDefinition> definitions, boolean prune, long newFromMs, long nowMs) throws IOException {
        Set<String> unreadable = new TreeSet<>();
        Map<String, SloDefinition> current = read(unreadable);
        Applied applied = new Applied(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<String, byte[]> records = new TreeMap<>();
        for (SloDefinition definition : definitions) {
            SloDefinition before = current.remove(definition.name());
            if (before == null) {
                applied.added.add(definition.name());
                records.put(definition.name(), SloDefinitionJson.write(definition.effectiveAt(newFromMs)));
            } else if (before.effectiveAt(0).equals(definition.effectiveAt(0))) {
                applied.unchanged.add(definition.name());
            } else {
                applied.changed.add(definition.name());
                records.put(definition.name(), SloDefinitionJson.write(definition.effectiveAt(nowMs + HEAD_START_MS)));
            }
        }
        if (prune) {
            unreadable.removeAll(records.keySet());
            unreadable.addAll(current.keySet());
            unreadable.forEach(name -> {
                applied.deleted.add(name);
                records.put(name, null);
            });
        }
        write(records);
        return applied;
    }

    /** @throws KafkaException when a record was not acknowledged */
    private void write(Map<String, byte[]> records) {
        if (records.isEmpty()) {
            return;
        }
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MS / 3);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach((name, value) -> sent.add(producer.send(
                    new ProducerRecord<>(Topics.SLO_DEFINITIONS, name.getBytes(StandardCharsets.UTF_8), value))));
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException refused) {
            throw new KafkaException(
                    Topics.SLO_DEFINITIONS + ": " + refused.getCause().getMessage(), refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException(Topics.SLO_DEFINITIONS + ": interrupted while writing", stopped);
        }
    }
}
