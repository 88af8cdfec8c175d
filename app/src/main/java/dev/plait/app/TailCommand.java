package dev.plait.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.app.kafka.TopicReader;
import dev.plait.app.view.AlertLines;
import dev.plait.app.view.DeadLetterLine;
import dev.plait.app.view.MeasureLine;
import dev.plait.app.view.RedLine;
import dev.plait.app.view.SloLine;
import dev.plait.app.view.TraceLine;
import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plait tail}: an output topic as it fills, a line or two per record. */
@Command(name = "tail", description = "Live, readable view of an output topic.")
final class TailCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    enum Output {
        traces(Topics.TRACES),
        alerts(Topics.ALERTS),
        slo(Topics.SLO),
        red(Topics.RED),
        measures(Topics.MEASURES),
        dead(Topics.DEAD_LETTERS);

        private final String topic;

        Output(String topic) {
            this.topic = topic;
        }
    }

    @Parameters(index = "0", paramLabel = "OUTPUT", description = "${COMPLETION-CANDIDATES}")
    private Output output;

    @Option(names = "--from-beginning", description = "Begin with the oldest record, not with the next.")
    private boolean fromBeginning;

    @Option(names = "--limit", paramLabel = "N", description = "End after N records. Default: go on until stopped.")
    private long limit = Long.MAX_VALUE;

    @Mixin
    private ClusterOption cluster;

    @Spec
    private CommandSpec spec;

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        TopicReader.From from = fromBeginning ? TopicReader.From.BEGINNING : TopicReader.From.END;
        long left = limit;
        try (TopicReader reader = TopicReader.open(cluster.load().kafka(), List.of(output.topic), from)) {
            while (left > 0 && !out.checkError()) {
                for (ConsumerRecord<byte[], byte[]> item : reader.poll(PATIENCE)) {
                    if (isWanted(item) && left-- > 0) {
                        lines(item).forEach(out::println);
                    }
                }
            }
        }
        return Exit.DONE;
    }

    /** A null value on a compacted topic deletes: there is nothing to show. */
    private boolean isWanted(ConsumerRecord<byte[], byte[]> item) {
        return output == Output.dead || item.value() != null;
    }

    private List<String> lines(ConsumerRecord<byte[], byte[]> item) throws IOException {
        return switch (output) {
            case traces -> TraceLine.of(json.readTree(item.value()));
            case alerts -> AlertLines.of(json.readTree(item.value()));
            case slo -> List.of(SloLine.of(json.readTree(item.value())));
            case red -> List.of(RedLine.of(json.readTree(item.value())));
            case measures -> List.of(MeasureLine.of(json.readTree(item.value())));
            case dead -> List.of(DeadLetterLine.of(headers(item), item.value() == null ? new byte[0] : item.value()));
        };
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> item) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : item.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }
}
