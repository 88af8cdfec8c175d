package dev.plait.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.app.kafka.TopicReader;
import dev.plait.app.view.TraceRevisions;
import dev.plait.app.view.Waterfall;
import dev.plait.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plait trace}: one trace with its logs. Reads the whole topic, as nothing else knows where a request ID is. */
@Command(name = "trace", description = "One trace with its logs, from plait-traces.")
final class TraceCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    @Parameters(
            index = "0",
            paramLabel = "ID",
            description =
                    "A trace ID in any propagation form (hex, decimal, traceparent, X-Ray, ...), or a request ID.")
    private String id;

    @Mixin
    private ClusterOption cluster;

    @Spec
    private CommandSpec spec;

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public Integer call() throws IOException {
        WantedTrace wanted = WantedTrace.of(id);
        TraceRevisions revisions = new TraceRevisions();
        try (TopicReader reader =
                TopicReader.open(cluster.load().kafka(), List.of(Topics.TRACES), TopicReader.From.BEGINNING)) {
            while (!reader.isAtEnd()) {
                for (ConsumerRecord<byte[], byte[]> item : reader.poll(PATIENCE)) {
                    add(wanted, item, revisions);
                }
            }
        }
        List<List<JsonNode>> traces = revisions.current();
        if (traces.isEmpty()) {
            throw new IOException("no trace in " + Topics.TRACES + " has the trace ID or request ID '" + id
                    + "'; a trace appears some seconds after its last span");
        }
        print(traces);
        return Exit.DONE;
    }

    private void add(WantedTrace wanted, ConsumerRecord<byte[], byte[]> item, TraceRevisions revisions)
            throws IOException {
        if (item.value() != null && wanted.mayBe(item.key(), item.value())) {
            JsonNode trace = json.readTree(item.value());
            if (wanted.is(trace)) {
                revisions.add(trace);
            }
        }
    }

    private void print(List<List<JsonNode>> traces) {
        PrintWriter out = spec.commandLine().getOut();
        for (int i = 0; i < traces.size(); i++) {
            if (i > 0) {
                out.println();
            }
            Waterfall.of(traces.get(i)).forEach(out::println);
        }
    }
}
