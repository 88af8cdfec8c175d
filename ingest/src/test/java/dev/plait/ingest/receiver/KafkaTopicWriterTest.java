package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KafkaTopicWriterTest {
    private static final int WRITES = 500;

    private KafkaTopicWriter writer;

    @BeforeEach
    void open() throws IOException {
        writer = new KafkaTopicWriter(
                Map.of("bootstrap.servers", "127.0.0.1:" + closedPort()), ReceiverFixture.limits(8 << 20, 10));
    }

    @AfterEach
    void close() {
        writer.close();
    }

    /** Whole seconds for each of them would take many minutes: nobody behind the first would be told to come back. */
    @Test
    @Timeout(120)
    void writes_toAKafkaThatIsAwayFailAtOnce() {
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            writes.add(writer.write("spans", new byte[100]).toCompletableFuture());
        }

        assertThat(writes).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void know_saysThatKafkaIsAway() {
        assertThatThrownBy(() -> writer.know("spans")).isInstanceOf(TimeoutException.class);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
