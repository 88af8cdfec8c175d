package dev.plait.perf.run;

import dev.plait.perf.load.Batch;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How a workload is put on Kafka, and what a receiver of OTLP does to each request for it. Not thread safe. */
interface InputForm {
    /** Where the spans are. */
    String topic();

    /** All topics that it writes to. */
    List<String> topics();

    /** What is configured of the source, beside topic, format and signal. */
    String sourceKeys();

    /** The records of one batch, which is the {@code number}-th. */
    List<ProducerRecord<byte[], byte[]>> records(Batch batch, long number);

    /** What tells every partition, each with its closer, that nothing more comes. */
    List<ProducerRecord<byte[], byte[]>> end(List<Batch> closers);
}
