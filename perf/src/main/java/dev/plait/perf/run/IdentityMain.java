package dev.plait.perf.run;

import dev.plait.schemas.topic.Topics;
import dev.plait.topology.StreamsSettings;
import dev.plait.topology.config.PlaitConfig;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * The ceiling: a topology that copies its input, with the same settings as the engine. One hop is what Kafka Streams can do
 * at all; two hops, through a repartition topic, is what something that groups by another key can do at best. Arguments:
 * configuration file, output topic, number of hops.
 */
public final class IdentityMain {
    private IdentityMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        PlaitConfig config = PlaitConfig.load(Path.of(arguments[0]), Map.of());
        StreamsBuilder builder = new StreamsBuilder();
        KStream<byte[], byte[]> input =
                builder.stream(Topics.OTLP_SPANS, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()));
        if (arguments[2].equals("2")) {
            // records without a key would be dropped, so each gets one, as a grouping engine gives it
            AtomicInteger number = new AtomicInteger();
            input = input.selectKey((none, value) -> key(number.getAndIncrement()), Named.as("number"))
                    .repartition(Repartitioned.<byte[], byte[]>as("hop")
                            .withKeySerde(Serdes.ByteArray())
                            .withValueSerde(Serdes.ByteArray())
                            .withNumberOfPartitions(config.application().partitions()));
        }
        input.to(arguments[1], Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        KafkaStreams streams = new KafkaStreams(builder.build(), StreamsSettings.of(config));
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
        new CountDownLatch(1).await();
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }
}
