package dev.plait.sink.alertmanager;

import dev.plait.sink.delivery.DeliveringTask;
import dev.plait.sink.delivery.DeliveryMetrics;
import dev.plait.sink.delivery.HttpSender;
import java.time.Clock;
import java.util.Map;

/** Posts alerts; see {@link AlertmanagerSender}. */
public final class AlertmanagerSinkTask extends DeliveringTask {
    @Override
    protected Way way(Map<String, String> settings, DeliveryMetrics metrics) {
        AlertmanagerConfig config = AlertmanagerConfig.of(settings);
        return new Way(
                config.delivery(),
                new AlertmanagerSender(config, new HttpSender(config.http()), Clock.systemUTC(), metrics));
    }
}
