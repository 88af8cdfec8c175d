package dev.plait.sink.delivery;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * How records travel, the same for all sinks.
 *
 * @param maxInFlight {@code max.in.flight}, default 4, 1 to 64: batches that are sent at the same time; records of one key are
 *     in one of them, in order
 * @param batchSize {@code batch.size}, default 100, 1 to 10000: records of one batch at most
 * @param linger {@code batch.linger.ms}, default 20, 0 to 60000: how long a batch waits for more records
 * @param maxQueued {@code max.queued.records}, default 2000, 1 to 1000000: above it the task reads no more until it is below
 * @param retryInitial {@code retry.backoff.ms}, default 200, 1 to 60000: doubles with each try
 * @param retryMax {@code retry.backoff.max.ms}, default 30000, 1 to 3600000: no wait is longer, whatever the backend asks for
 */
public record DeliverySettings(
        int maxInFlight, int batchSize, Duration linger, int maxQueued, Duration retryInitial, Duration retryMax) {
    private static final String GROUP = "Delivery";

    /** Adds the keys to a connector's. */
    public static ConfigDef define(ConfigDef keys) {
        int order = 0;
        define(
                keys,
                order++,
                "max.in.flight",
                4,
                1,
                64,
                "Batches that are sent at the same time. Order is kept per key.");
        define(keys, order++, "batch.size", 100, 1, 10_000, "Records of one batch at most.");
        define(keys, order++, "batch.linger.ms", 20, 0, 60_000, "How long a batch waits for more records.");
        define(
                keys,
                order++,
                "max.queued.records",
                2_000,
                1,
                1_000_000,
                "Records that wait; above it the task reads no more until it is below again.");
        define(
                keys,
                order++,
                "retry.backoff.ms",
                200,
                1,
                60_000,
                "Upper limit of the wait before the first repetition; it doubles with each. The wait is random below it.");
        define(
                keys,
                order,
                "retry.backoff.max.ms",
                30_000,
                1,
                3_600_000,
                "No wait is longer, whatever the backend asks for. Repetitions go on until the backend takes a record or"
                        + " refuses it.");
        return keys;
    }

    private static void define(ConfigDef keys, int order, String key, int byDefault, int least, int most, String what) {
        keys.define(
                key,
                ConfigDef.Type.INT,
                byDefault,
                Range.between(least, most),
                Importance.LOW,
                what,
                GROUP,
                order,
                Width.SHORT,
                key);
    }

    public static DeliverySettings of(AbstractConfig config) {
        return new DeliverySettings(
                config.getInt("max.in.flight"),
                config.getInt("batch.size"),
                Duration.ofMillis(config.getInt("batch.linger.ms")),
                config.getInt("max.queued.records"),
                Duration.ofMillis(config.getInt("retry.backoff.ms")),
                Duration.ofMillis(config.getInt("retry.backoff.max.ms")));
    }
}
