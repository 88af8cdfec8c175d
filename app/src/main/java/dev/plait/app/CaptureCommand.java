package dev.plait.app;

import dev.plait.app.capture.CaptureWriter;
import dev.plait.app.capture.CapturedRecord;
import dev.plait.app.kafka.TimeOrder;
import dev.plait.app.kafka.TopicReader;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.SourceConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code plait capture}: what topics hold, as a capture file, by timestamp over all partitions; with {@code --follow}, then
 * also what comes, in the order it comes.
 */
@Command(name = "capture", description = "Records of Kafka topics to a capture file.")
final class CaptureCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final long PROGRESS_EACH = 10_000;

    @Parameters(
            paramLabel = "TOPIC",
            arity = "0..*",
            description = "Topics to capture. Default: the topics of the configured sources.")
    private List<String> topics = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "File to write; - is standard output. Default: ${DEFAULT-VALUE}.")
    private String output = "-";

    @Option(names = "--follow", description = "Go on with what comes, until stopped or --limit is reached.")
    private boolean follow;

    @Option(names = "--limit", paramLabel = "N", description = "End after N records.")
    private long limit = Long.MAX_VALUE;

    @Mixin
    private ClusterOption cluster;

    @Spec
    private CommandSpec spec;

    private long written;

    @Override
    public Integer call() throws IOException, WrongUsage {
        PlaitConfig config = cluster.load();
        List<String> chosen = topics.isEmpty() ? sources(config) : topics;
        Progress progress = Progress.on(spec.commandLine().getErr(), "captured", PROGRESS_EACH);
        try (TopicReader reader = TopicReader.open(config.kafka(), chosen, TopicReader.From.BEGINNING);
                CaptureWriter writer = new CaptureWriter(FileArgument.output(output))) {
            TimeOrder held = new TimeOrder(reader);
            Optional<ConsumerRecord<byte[], byte[]>> next = held.next();
            while (next.isPresent() && written < limit) {
                write(writer, next.get(), progress);
                next = held.next();
            }
            writer.flush();
            if (follow) {
                follow(reader, held, writer, progress);
            }
        }
        progress.end(written);
        return Exit.DONE;
    }

    private void follow(TopicReader reader, TimeOrder held, CaptureWriter writer, Progress progress)
            throws IOException {
        List<ConsumerRecord<byte[], byte[]>> come = held.beyond();
        while (written < limit) {
            for (ConsumerRecord<byte[], byte[]> item : come) {
                if (written < limit) {
                    write(writer, item, progress);
                }
            }
            writer.flush();
            come = reader.poll(PATIENCE);
        }
    }

    private void write(CaptureWriter writer, ConsumerRecord<byte[], byte[]> item, Progress progress)
            throws IOException {
        List<CapturedRecord.Header> headers = new ArrayList<>();
        for (Header header : item.headers()) {
            headers.add(new CapturedRecord.Header(header.key(), Optional.ofNullable(header.value())));
        }
        writer.write(new CapturedRecord(
                item.topic(),
                item.timestamp(),
                Optional.ofNullable(item.key()),
                headers,
                Optional.ofNullable(item.value()),
                OptionalInt.of(item.partition()),
                OptionalLong.of(item.offset())));
        progress.at(++written);
    }

    private static List<String> sources(PlaitConfig config) throws WrongUsage {
        if (config.sources().stream().anyMatch(SourceConfig::pattern)) {
            throw new WrongUsage("sources: a source is a pattern; name the topics to capture as arguments");
        }
        return config.sources().stream()
                .flatMap(source -> source.topics().stream())
                .toList();
    }
}
