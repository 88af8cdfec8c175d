package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plait.app.kafka.EmbeddedKafka;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.topic.Topics;
import dev.plait.topology.InputDecoders;
import dev.plait.topology.config.PlaitConfig;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes only through a Collector, sent as its senders do, to the topics that Plait reads; with the users' examples. */
@Tag("collector")
class CollectorSourcesIT {
    private static final int LINES = 20;
    private static final List<String> TRACES =
            IntStream.rangeClosed(1, LINES).mapToObj("%032x"::formatted).toList();

    @TempDir
    private Path directory;

    @BeforeAll
    static void collectorIsThere() {
        CollectorProcess.assumeBuilt();
    }

    /** Sends something; what is sent too early or twice does no harm. */
    @FunctionalInterface
    private interface Sending {
        void send() throws IOException;
    }

    @Test
    void kongDatagrams_becomeTraces() throws Exception {
        int port = LoopbackPorts.any();
        assertBecomeTraces("kong-udp-log-to-kafka.yaml", Map.of("LISTEN_UDP", "127.0.0.1:" + port), () -> {
            for (int i = 0; i < LINES; i++) {
                datagram(port, CollectorIT.kongLine(TRACES.get(i), i));
            }
        });
    }

    /** As rsyslog forwards with its template RSYSLOG_SyslogProtocol23Format. */
    @Test
    void kongLinesOfASyslogDaemon_becomeTraces() throws Exception {
        int port = LoopbackPorts.any();
        assertBecomeTraces("kong-syslog-to-kafka.yaml", Map.of("LISTEN_SYSLOG", "127.0.0.1:" + port), () -> {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < LINES; i++) {
                lines.append("<14>1 2026-01-01T00:00:00.123456+00:00 gw-1 kong - - -  ")
                        .append(CollectorIT.kongLine(TRACES.get(i), i))
                        .append('\n');
            }
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(lines.toString().getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    @Test
    void kongStatsd_arrivesAsWhatCanBeCounted() throws Exception {
        int port = LoopbackPorts.any();
        Map<String, Metric> metrics = received(
                "statsd-to-kafka.yaml",
                Map.of("LISTEN_STATSD", "127.0.0.1:" + port),
                List.of("kong.service.orders.status.200", "kong.service.orders.latency"),
                () -> {
                    datagram(port, "kong.service.orders.status.200:1|c");
                    datagram(port, "kong.service.orders.latency:46|ms");
                });

        assertThat(metrics.get("kong.service.orders.status.200").getSum().getIsMonotonic())
                .isTrue();
        assertThat(metrics.get("kong.service.orders.latency").getHistogram().getDataPoints(0))
                .satisfies(point -> {
                    assertThat(point.getExplicitBoundsList()).contains(25.0, 50.0);
                    assertThat(point.getBucketCounts(
                                    point.getExplicitBoundsList().indexOf(50.0)))
                            .isPositive();
                });
    }

    @Test
    void kongsPrometheusEndpoint_isScraped() throws Exception {
        HttpServer kong = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        kong.createContext("/metrics", exchange -> {
            byte[] body = """
                    # TYPE kong_http_requests_total counter
                    kong_http_requests_total{service="orders",code="200"} 7
                    """.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        kong.start();
        try {
            Map<String, Metric> metrics = received(
                    "prometheus-to-kafka.yaml",
                    Map.of("KONG_STATUS", "127.0.0.1:" + kong.getAddress().getPort()),
                    List.of("kong_http_requests_total"),
                    () -> {});

            assertThat(metrics.get("kong_http_requests_total")
                            .getSum()
                            .getDataPoints(0)
                            .getAsDouble())
                    .isEqualTo(7);
        } finally {
            kong.stop(0);
        }
    }

    private void assertBecomeTraces(String example, Map<String, String> listen, Sending sending) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any())) {
            InputTopics.create(kafka.bootstrap());
            try (CollectorProcess collector = collector(example, kafka.bootstrap(), listen);
                    PlaitProcess engine = CollectorIT.run(directory, kafka.bootstrap());
                    EmittedTraces emitted = new EmittedTraces(kafka.bootstrap())) {
                emitted.await("a trace for each line", () -> {
                    attempt(sending);
                    return emitted.traces() >= LINES;
                });

                assertThat(TRACES)
                        .allSatisfy(trace -> assertThat(emitted.latest(trace)
                                        .path("gateway")
                                        .path("route")
                                        .asText())
                                .as(trace)
                                .isEqualTo("orders-v1"));
                assertThat(CollectorIT.values(kafka.bootstrap(), Topics.DEAD_LETTERS))
                        .isEmpty();
                assertThat(collector.stop()).as(collector.log()).isZero();
                assertThat(engine.stop()).isZero();
            }
        }
    }

    /** The first that came of each of the metrics, all of which Plait's decoder takes. */
    private Map<String, Metric> received(
            String example, Map<String, String> listen, List<String> wanted, Sending sending) throws Exception {
        Map<String, Metric> found = new HashMap<>();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), LoopbackPorts.any())) {
            InputTopics.create(kafka.bootstrap());
            try (CollectorProcess collector = collector(example, kafka.bootstrap(), listen)) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PlaitProcess.PATIENCE_SECONDS);
                while (!found.keySet().containsAll(wanted) && System.nanoTime() < end) {
                    attempt(sending);
                    CollectorIT.values(kafka.bootstrap(), Topics.OTLP_METRICS).forEach(value -> add(value, found));
                }
                assertThat(found.keySet()).as(collector.log()).containsAll(wanted);
                assertThat(collector.stop()).as(collector.log()).isZero();
            }
        }
        return found;
    }

    private static void add(byte[] value, Map<String, Metric> found) {
        InputDecoders decoders = new InputDecoders(PlaitConfig.defaults().sources(), Redaction.DEFAULT);
        assertThat(decoders.of(Topics.OTLP_METRICS).decoder().decode(value, new SignalSink() {}))
                .isEmpty();
        try {
            ExportMetricsServiceRequest.parseFrom(value)
                    .getResourceMetricsList()
                    .forEach(resource -> resource.getScopeMetricsList()
                            .forEach(scope -> scope.getMetricsList()
                                    .forEach(metric -> found.putIfAbsent(metric.getName(), metric))));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private CollectorProcess collector(String example, String bootstrap, Map<String, String> listen)
            throws IOException {
        Map<String, String> variables = new HashMap<>(listen);
        variables.put("KAFKA", bootstrap);
        variables.put("INTERVAL", "1s");
        return CollectorProcess.start(directory, example, variables);
    }

    private static void attempt(Sending sending) {
        try {
            sending.send();
        } catch (IOException notYetThere) {
            // sent again until it has come
        }
    }

    private static void datagram(int port, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        }
    }
}
