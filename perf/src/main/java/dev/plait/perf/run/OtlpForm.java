package dev.plait.perf.run;

import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.perf.load.Batch;
import dev.plait.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Requests as they came: no key, one partition after the other record by record, so that every trace is spread over all of them.
 * A receiver decodes each to see what is wrong with it.
 */
final class OtlpForm implements InputForm {
    private final int partitions;
    private final OtlpDecoder decoder = OtlpDecoder.traces();
    private final CheckingSink check = new CheckingSink();

    OtlpForm(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public String topic() {
        return Topics.OTLP_SPANS;
    }

    @Override
    public List<String> topics() {
        return List.of(topic());
    }

    @Override
    public String sourceKeys() {
        return "";
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> records(Batch batch, long number) {
        check.require(decoder.decode(batch.bytes(), check));
        return List.of(record(batch, (int) (number % partitions)));
    }

    private ProducerRecord<byte[], byte[]> record(Batch batch, int partition) {
        return new ProducerRecord<>(topic(), partition, batch.timestampMs(), null, batch.bytes());
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> end(List<Batch> closers) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        closers.forEach(closer -> records.add(record(closer, records.size())));
        return records;
    }
}
