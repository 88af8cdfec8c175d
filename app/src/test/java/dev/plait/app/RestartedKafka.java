package dev.plait.app;

import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.app.kafka.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Kafka with the topics of all inputs, which is stopped and started again where it was. */
final class RestartedKafka implements AutoCloseable {
    private final Path directory;
    private final int port;
    private EmbeddedKafka kafka;

    RestartedKafka(Path directory) throws IOException {
        this.directory = directory;
        this.port = LoopbackPorts.any();
        start();
        InputTopics.create(bootstrap());
    }

    String bootstrap() {
        return kafka.bootstrap();
    }

    void start() throws IOException {
        kafka = EmbeddedKafka.start(directory, port);
    }

    void stop() {
        kafka.close();
    }

    /** Hands over all values that are on the topics now. */
    void read(List<String> topics, Consumer<byte[]> values) throws IOException {
        try (TopicReader reader =
                TopicReader.open(Map.of("bootstrap.servers", bootstrap()), topics, TopicReader.From.BEGINNING)) {
            while (!reader.isAtEnd()) {
                reader.poll(Duration.ofSeconds(1)).forEach(item -> values.accept(item.value()));
            }
        }
    }

    /** Again does nothing. */
    @Override
    public void close() {
        kafka.close();
    }
}
