package dev.plait.sink.otlp;

import dev.plait.sink.delivery.Attempt;
import dev.plait.sink.delivery.MalformedRecord;
import dev.plait.sink.delivery.RecordView;
import dev.plait.sink.delivery.Sender;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.sink.SinkRecord;

/** Makes items of records, and exports of items. Thread safe. */
final class OtlpSender implements Sender {
    private final RecordItems items;
    private final ItemLimits itemLimits;
    private final ExportLimits limits;
    private final Transport transport;
    private final OtlpMetrics metrics;
    private final Clock clock;

    OtlpSender(OtlpSinkConfig config, Transport transport, OtlpMetrics metrics, Clock clock) {
        items = new RecordItems(config);
        itemLimits = config.preset().limits();
        limits = config.limits();
        this.transport = transport;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public Attempt begin(List<SinkRecord> records) {
        List<List<Item>> ofRecords = new ArrayList<>(records.size());
        Map<Integer, String> malformed = new HashMap<>();
        for (SinkRecord record : records) {
            try {
                ofRecords.add(items(record));
            } catch (MalformedRecord wrong) {
                malformed.put(ofRecords.size(), wrong.getMessage());
                ofRecords.add(List.of());
            }
        }
        return new Export(ofRecords, malformed, limits, transport, metrics);
    }

    /** None of a tombstone. */
    private List<Item> items(SinkRecord record) {
        if (record.value() == null) {
            return List.of();
        }
        List<Item> ofRecord = items.of(record.topic(), RecordView.of(record.value()));
        long nowEpochNanos = TimeUnit.MILLISECONDS.toNanos(clock.millis());
        for (Item item : ofRecord) {
            if (itemLimits.isOld(item, nowEpochNanos)) {
                metrics.old();
            }
        }
        return ofRecord;
    }

    @Override
    public void close() {
        transport.close();
        metrics.close();
    }
}
