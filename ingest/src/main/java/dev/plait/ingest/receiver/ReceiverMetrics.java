package dev.plait.ingest.receiver;

import dev.plait.ingest.receiver.Answer.Kind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.KafkaMetricsContext;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;

/**
 * What the receivers did, as JMX MBeans {@code dev.plait:type=receiver-metrics}: {@code requests-total} by signal and answer
 * ({@code accepted}, {@code malformed}, {@code busy}, …), {@code written-bytes-total}, {@code refused-items-total},
 * {@code untraced-items-total} and {@code secrets-redacted-total} (of frames: what can be joined with nothing, and ended here;
 * what was covered), {@code lines-total} (of TCP) and {@code lost-bytes-total} (of what cannot be answered) by signal, and
 * without a tag {@code requests-in-flight}, {@code in-flight-bytes} and its limit, {@code line-connections}, {@code
 * line-connections-refused-total} and {@code cut-lines-total}. Counting costs no lock. Thread safe.
 */
final class ReceiverMetrics implements AutoCloseable {
    private static final String GROUP = "receiver-metrics";

    private final Metrics metrics = new Metrics(
            new MetricConfig(), List.of(new JmxReporter()), Time.SYSTEM, new KafkaMetricsContext("dev.plait"));
    private final Map<Input, Counters> counters = new HashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder connectionsRefused = new LongAdder();
    private final LongAdder cutLines = new LongAdder();

    private static final class Counters {
        private final Map<Kind, LongAdder> answers = new EnumMap<>(Kind.class);
        private final LongAdder writtenBytes = new LongAdder();
        private final LongAdder refusedItems = new LongAdder();
        private final LongAdder untracedItems = new LongAdder();
        private final LongAdder redactedSecrets = new LongAdder();
        private final LongAdder lines = new LongAdder();
        private final LongAdder lostBytes = new LongAdder();
    }

    ReceiverMetrics(Set<Input> inputs, Budget budget) {
        add("requests-in-flight", Map.of(), inFlight::get);
        add("in-flight-bytes", Map.of(), budget::heldBytes);
        add("in-flight-bytes-limit", Map.of(), budget::limitBytes);
        add("line-connections", Map.of(), connections::get);
        add("line-connections-refused-total", Map.of(), connectionsRefused::sum);
        add("cut-lines-total", Map.of(), cutLines::sum);
        for (Input input : inputs) {
            Counters its = new Counters();
            counters.put(input, its);
            String name = input.label();
            add("written-bytes-total", Map.of("signal", name), its.writtenBytes::sum);
            add("refused-items-total", Map.of("signal", name), its.refusedItems::sum);
            add("untraced-items-total", Map.of("signal", name), its.untracedItems::sum);
            add("secrets-redacted-total", Map.of("signal", name), its.redactedSecrets::sum);
            add("lines-total", Map.of("signal", name), its.lines::sum);
            add("lost-bytes-total", Map.of("signal", name), its.lostBytes::sum);
            for (Kind kind : Kind.values()) {
                LongAdder answers = new LongAdder();
                its.answers.put(kind, answers);
                add("requests-total", Map.of("signal", name, "answer", lower(kind)), answers::sum);
            }
        }
    }

    private void add(String name, Map<String, String> tags, LongSupplier value) {
        metrics.addMetric(metrics.metricName(name, GROUP, tags), (Gauge<Long>) (config, nowMs) -> value.getAsLong());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A request's headers have come. */
    void begin() {
        inFlight.incrementAndGet();
    }

    /** It is answered. */
    void end(Input input, Answer answer) {
        inFlight.decrementAndGet();
        counters.get(input).answers.get(answer.kind()).increment();
        counters.get(input).refusedItems.add(answer.refusedItems());
    }

    /** Kafka has acknowledged the content of a request. */
    void written(Input input, long bytes) {
        counters.get(input).writtenBytes.add(bytes);
    }

    /** A request became frames: of its items so many can be joined with nothing, and so many secrets were covered. */
    void framed(OtlpSignal signal, long untracedItems, long redactedSecrets) {
        counters.get(signal).untracedItems.add(untracedItems);
        counters.get(signal).redactedSecrets.add(redactedSecrets);
    }

    /** It is lost for good. */
    void lost(Input input, long bytes) {
        counters.get(input).lostBytes.add(bytes);
    }

    /** One line over TCP. */
    void line(Input input, boolean good) {
        counters.get(input).lines.increment();
        counters.get(input).refusedItems.add(good ? 0 : 1);
    }

    /** Lines that were longer than they may be. */
    void cut(long lines) {
        cutLines.add(lines);
    }

    /** TCP connections that came, or (negative) went. */
    void connected(int more) {
        connections.addAndGet(more);
    }

    /** A TCP connection was closed at once. */
    void connectionRefused() {
        connectionsRefused.increment();
    }

    @Override
    public void close() {
        metrics.close();
    }
}
