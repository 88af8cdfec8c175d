package dev.plait.sink.alertmanager;

import dev.plait.sink.delivery.Attempt;
import dev.plait.sink.delivery.DeliveryMetrics;
import dev.plait.sink.delivery.HttpSender;
import dev.plait.sink.delivery.Later;
import dev.plait.sink.delivery.Sender;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicas of an Alertmanager, told of each record at once and of everything each interval; one that was away is told as soon
 * as it is back, on a thread of its own, so that it holds up none of the others.
 */
final class AlertmanagerSender implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerSender.class);
    private static final long LOOK_MS = 1_000;

    private final AlertTable table;
    private final List<Replica> replicas;
    private final Map<String, String> labels;
    private final DeliveryMetrics metrics;
    private final Clock clock;
    private final ExecutorService threads;

    AlertmanagerSender(AlertmanagerConfig config, HttpSender http, Clock clock, DeliveryMetrics metrics) {
        this.table = new AlertTable(config.resolved(), config.stale());
        this.labels = config.labels();
        this.metrics = metrics;
        this.clock = clock;
        AlertsBody body = new AlertsBody(config.resend(), config.generatorUrl());
        this.replicas = config.urls().stream()
                .map(url -> new Replica(url, table, body, http, clock))
                .toList();
        this.threads = Executors.newFixedThreadPool(replicas.size(), task -> {
            Thread thread = new Thread(task, "alertmanager-resend");
            thread.setDaemon(true);
            return thread;
        });
        int batchSize = config.delivery().batchSize();
        replicas.forEach(
                replica -> threads.execute(() -> resend(replica, config.resend().toMillis(), batchSize)));
    }

    @Override
    public Attempt begin(List<SinkRecord> records) {
        return new AlertAttempt(records, labels, table, replicas, clock.millis());
    }

    private void resend(Replica replica, long intervalMs, int batchSize) {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(Math.min(LOOK_MS, intervalMs));
                Optional<Later> later = replica.tellAll(intervalMs, batchSize);
                later.ifPresent(missed -> metrics.missed(missed.why()));
                sayLetGo(table.takeLetGo());
            }
        } catch (InterruptedException stopped) {
            LOG.debug("resending has ended");
        }
    }

    private void sayLetGo(int alerts) {
        if (alerts > 0) {
            metrics.letGo(alerts);
            LOG.warn(
                    "{} firing alerts are no longer told: no record has confirmed them for stale.after.ms, or there are more"
                            + " than {}; is the engine far behind?",
                    alerts,
                    AlertTable.MAX_ALERTS);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
