package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.ingest.prometheus.SnappyBody;
import dev.plait.schemas.topic.Topics;
import dev.plait.schemas.wire.ProtoReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus writes what it scrapes of itself to {@code plait receive}, while Kafka is stopped and started. */
class PrometheusIT {
    private static final int SERIES = 1;
    private static final int LABELS = 1;
    private static final int SAMPLES = 2;
    private static final int MAX_BYTES = 64 << 20;

    @TempDir
    private Path directory;

    @Test
    void remoteWrite_losesNothingWhileKafkaGoesAndComes() throws Exception {
        assumeTrue(RealPrometheus.isInstalled(), "no prometheus on the path; .ci/install installs it");
        int receiver = LoopbackPorts.any();
        try (RestartedKafka kafka = new RestartedKafka(directory.resolve("kafka"));
                PlaitProcess receive = receive(kafka.bootstrap(), receiver)) {
            receive.awaitLine("plait receives ");
            try (RealPrometheus prometheus = RealPrometheus.start(directory, LoopbackPorts.any(), receiver)) {
                await(() -> !onTopic(kafka).isEmpty());
                Set<String> before = prometheus.samples();

                kafka.stop();
                await(() -> prometheus.metric("prometheus_remote_storage_samples_retried_total") > 0);
                kafka.start();

                Set<String> scraped = prometheus.samples();
                scraped.removeAll(before); // it does not send what was scraped before its queues ran
                assertThat(scraped).isNotEmpty();
                await(() -> onTopic(kafka).containsAll(scraped));
                assertThat(prometheus.metric("prometheus_remote_storage_samples_failed_total"))
                        .as(prometheus.log())
                        .isZero();
                assertThat(prometheus.metric("prometheus_remote_storage_samples_dropped_total"))
                        .isZero();
            }
            assertThat(receive.stop()).isZero();
        }
    }

    private PlaitProcess receive(String bootstrap, int port) throws IOException {
        Path config = Files.writeString(directory.resolve("plait.yaml"), """
                kafka: { bootstrap.servers: "%s" }
                receivers: { http-port: %d, grpc-port: 0, zipkin-port: 0, tcp-port: 0 }
                """.formatted(bootstrap, port));
        return PlaitProcess.main(directory, Main.class, "receive", "--config", config.toString());
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
            LockSupport.parkNanos(200_000_000);
        }
    }

    private static Set<String> onTopic(RestartedKafka kafka) throws IOException {
        Set<String> samples = new HashSet<>();
        kafka.read(List.of(Topics.PROMETHEUS_METRICS), value -> read(value, samples));
        return samples;
    }

    private static void read(byte[] value, Set<String> samples) {
        try {
            byte[] body = SnappyBody.open(value, MAX_BYTES);
            ProtoReader in = new ProtoReader().reset(body, 0, body.length);
            while (in.hasNext()) {
                int tag = in.tag();
                if (ProtoReader.field(tag) == SERIES) {
                    series(nested(in), samples);
                } else {
                    in.skip(tag);
                }
            }
        } catch (SnappyBody.Refused refused) {
            throw new AssertionError(refused);
        }
    }

    /** Labels come before samples. */
    private static void series(ProtoReader in, Set<String> samples) {
        Map<String, String> labels = new TreeMap<>();
        while (in.hasNext()) {
            int tag = in.tag();
            switch (ProtoReader.field(tag)) {
                case LABELS -> {
                    ProtoReader label = nested(in);
                    labels.put(text(label), text(label));
                }
                case SAMPLES -> {
                    ProtoReader sample = nested(in);
                    long timeMs = 0;
                    while (sample.hasNext()) {
                        int field = sample.tag();
                        if (ProtoReader.field(field) == 2) {
                            timeMs = sample.varint();
                        } else {
                            sample.skip(field);
                        }
                    }
                    samples.add(RealPrometheus.sample(labels, timeMs));
                }
                default -> in.skip(tag);
            }
        }
    }

    private static ProtoReader nested(ProtoReader in) {
        int length = in.length();
        ProtoReader nested = new ProtoReader().reset(in.bytes(), in.position(), length);
        in.advance(length);
        return nested;
    }

    private static String text(ProtoReader in) {
        in.tag();
        ProtoReader text = nested(in);
        return new String(text.bytes(), text.position(), text.end() - text.position(), StandardCharsets.UTF_8);
    }
}
