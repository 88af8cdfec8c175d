package dev.plait.perf.run;

import dev.plait.ingest.frame.SignalRouter;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.perf.load.Batch;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Frames as receivers write them to a source that is partitioned by Plait: each to the partition of its traces. */
final class FramesForm implements InputForm {
    private static final String TOPIC = "span_frames";
    private static final String REQUESTS = TOPIC + "-requests";

    private final int partitions;
    private final OtlpDecoder decoder = OtlpDecoder.traces();
    private final SignalRouter router;
    private final CheckingSink check = new CheckingSink();

    FramesForm(int partitions) {
        this.partitions = partitions;
        this.router = new SignalRouter(partitions);
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public List<String> topics() {
        return List.of(TOPIC, REQUESTS);
    }

    @Override
    public String sourceKeys() {
        return ", partitioned-by: plait";
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> records(Batch batch, long number) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        router.start(Source.OTLP, Map.of(), Set.of());
        check.require(decoder.decode(batch.bytes(), router));
        router.rejected().forEach(check::reject);
        router.drain(
                0,
                0,
                0,
                (partition, frame) -> records.add(record(TOPIC, partition, batch.timestampMs(), frame)),
                (partition, frame) -> records.add(record(REQUESTS, partition, batch.timestampMs(), frame)));
        return records;
    }

    /** Ticks, as a receiver that goes on would write. */
    @Override
    public List<ProducerRecord<byte[], byte[]>> end(List<Batch> closers) {
        List<ProducerRecord<byte[], byte[]>> ticks = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            for (String topic : topics()) {
                ticks.add(record(topic, partition, closers.get(partition).timestampMs(), Frame.tick(0, 0)));
            }
        }
        return ticks;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int partition, long timestampMs, byte[] value) {
        return new ProducerRecord<>(topic, partition, timestampMs, null, value);
    }
}
