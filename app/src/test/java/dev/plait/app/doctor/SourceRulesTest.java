package dev.plait.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.redact.Redaction;
import dev.plait.topology.InputDecoders;
import dev.plait.topology.config.PlaitConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class SourceRulesTest {
    private static final long NOW_MS = 1_767_225_600_000L;
    private static final String TIME = "2026-01-01T00:00:00.000Z";
    private static final String REQUEST = "%032x";
    private static final TopicState READABLE =
            new TopicState(TopicState.Access.READABLE, 2, 100, NOW_MS, Map.of("max.message.bytes", "1048588"));

    private final InputDecoders decoders =
            new InputDecoders(PlaitConfig.defaults().sources(), Redaction.DEFAULT);

    private final InputDecoders programLogs =
            new InputDecoders(PlaitConfig.parse("""
                    sources:
                      - { topic: app_json, format: log }
                      - { topic: app_logs, format: log, line-pattern: '^(?<timestamp>\\S+) (?<level>[A-Z]+) (?<trace_id>[0-9a-f]{32}) (?<message>.*)' }
                    """, Map.of()).sources(), Redaction.DEFAULT);

    @Test
    void goodSpans_giveNoFinding() {
        assertThat(findings("otlp_spans", 40, i -> Bytes.span("orders", 7, i + 1, 0, NOW_MS)))
                .isEmpty();
    }

    @Test
    void spansOnTheTopicOfLogs_areAProblem() {
        Finding found = only("otlp_logs", 40, i -> Bytes.span("orders", 7, i + 1, 0, NOW_MS));

        assertThat(found.code()).isEqualTo("wrong-signal");
        assertThat(found.severity()).isEqualTo(Severity.PROBLEM);
        assertThat(found.seen()).contains("40 WRONG_SIGNAL", "spans", "otlp_logs-0@0");
        assertThat(found.change()).contains("traces::topic");
    }

    @Test
    void prometheusTopic_isNotToldToHoldOtlp() {
        SourceTally silent = tally("prometheus_metrics", 0, i -> new byte[0]);

        assertThat(Settings.toSend(silent)).contains("remote_write").doesNotContain("otlp");
    }

    @Test
    void compressedBodies_areAProblem() {
        Finding found = only("otlp_spans", 40, i -> new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0});

        assertThat(found.code()).isEqualTo("body-not-plain");
        assertThat(found.change()).contains("compression: zstd");
    }

    @Test
    void garbage_isAsSevereAsItsShare() {
        assertThat(garbageIn(1)).isEqualTo(Severity.PROBLEM);
        assertThat(garbageIn(20)).isEqualTo(Severity.WARNING);
        assertThat(garbageIn(200)).isEqualTo(Severity.HINT);
    }

    private Severity garbageIn(int each) {
        return findings(
                        "kong_logs",
                        400,
                        i -> i % each == 0
                                ? Bytes.text("no log")
                                : Bytes.kong("a" + i, REQUEST.formatted(i + 1), NOW_MS))
                .stream()
                .filter(finding -> finding.code().equals("unreadable"))
                .findFirst()
                .orElseThrow()
                .severity();
    }

    @Test
    void kongLogsWithARequestIdAlone_areAWarning() {
        Finding found = only("kong_logs", 40, i -> Bytes.kong(REQUEST.formatted(i + 1), "", NOW_MS));

        assertThat(found.code()).isEqualTo("gateway-logs-without-trace");
        assertThat(found.severity()).isEqualTo(Severity.WARNING);
        assertThat(found.seen()).contains("100 % of 40 access logs", "100 % have a request ID");
        assertThat(found.change()).contains("tracing_instrumentations", "tracing_sampling_rate");
    }

    @Test
    void kongLogsWithNeitherId_areAProblem() {
        Finding found = only("kong_logs", 40, i -> Bytes.kong("", "", NOW_MS));

        assertThat(found.severity()).isEqualTo(Severity.PROBLEM);
        assertThat(found.seen()).contains(" 0 % have a request ID");
    }

    @Test
    void kongLogCutByADatagram_isNamedSo() {
        byte[] whole = Bytes.kong("a", "", NOW_MS);

        assertThat(findings("kong_logs", 40, i -> java.util.Arrays.copyOf(whole, whole.length / 2)))
                .extracting(Finding::code, Finding::severity)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("cut-off", Severity.PROBLEM));
    }

    @Test
    void meshLinesWithoutTheTraceColumn_sayWhichOneToAdd() {
        Finding found = only("mesh_access_logs", 40, i -> Bytes.meshWithoutTraceColumn(REQUEST.formatted(i + 1), TIME));

        assertThat(found.code()).isEqualTo("mesh-logs-without-trace");
        assertThat(found.change()).contains("%REQ(TRACEPARENT)%", "%REQ(X-B3-TRACEID)%");
    }

    @Test
    void linesThatTheirPatternDoesNotFit_sayWhatToChange() {
        String line = TIME + " INFO 4bf92f3577b34da6a3ce929d0e0e4736 paid";

        Finding found = onlyOfProgram("app_logs", i -> Bytes.text(i % 2 == 0 ? line : "12:00 INFO paid"));

        assertThat(found.code()).isEqualTo("lines-unmatched");
        assertThat(found.severity()).isEqualTo(Severity.WARNING);
        assertThat(found.seen()).startsWith("50 % of 40 logs are lines in which line-pattern was not found");
        assertThat(found.change()).contains("line-pattern", "trace_id");
    }

    @Test
    void someLinesThatTheirPatternDoesNotFit_areAHint() {
        String line = TIME + " INFO 4bf92f3577b34da6a3ce929d0e0e4736 paid";

        assertThat(onlyOfProgram("app_logs", i -> Bytes.text(i % 20 == 0 ? "starting" : line))
                        .severity())
                .isEqualTo(Severity.HINT);
    }

    @Test
    void programLogsWithoutTrace_sayHowToWriteIt() {
        Finding found = onlyOfProgram("app_json", i -> Bytes.text("{\"message\":\"paid\",\"time\":\"" + TIME + "\"}"));

        assertThat(found.code()).isEqualTo("logs-without-trace");
        assertThat(found.change()).contains("%X{trace_id}", "DD_LOGS_INJECTION");
    }

    @Test
    void textWithoutAPattern_isToldOfPatterns_andNotOfCollectors() {
        Finding found = onlyOfProgram("app_json", i -> Bytes.text("12:00 INFO paid"));

        assertThat(found.code()).isEqualTo("unreadable");
        assertThat(found.change()).contains("line-pattern").doesNotContain("otlp");
    }

    @Test
    void programLogsWithoutTime_areToldOfTheFormat() {
        String line = "noon INFO 4bf92f3577b34da6a3ce929d0e0e4736 paid";

        Finding found = onlyOfProgram("app_logs", i -> Bytes.text(line));

        assertThat(found.code()).isEqualTo("bad-times");
        assertThat(found.change()).contains("timestamp-format");
    }

    @Test
    void silentProgram_isToldHowToSend() {
        SourceTally silent = new SourceTally("app_logs", programLogs.of("app_logs"));

        assertThat(Settings.toSend(silent))
                .contains("logs::topic: app_logs", "raw")
                .doesNotContain("otlp");
    }

    private Finding onlyOfProgram(String topic, IntFunction<byte[]> values) {
        SourceTally tally = new SourceTally(topic, programLogs.of(topic));
        for (int i = 0; i < 40; i++) {
            tally.add(record(topic, i, values.apply(i)));
        }
        tally.end(READABLE, new Slice(40, 1000, NOW_MS - 10_000, NOW_MS, false));
        List<Finding> found = findings(tally);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void recordsOfOneSpan_areAHintWhenThereAreMany() {
        Finding found = only("otlp_spans", 60, i -> Bytes.span("orders", 7, i + 1, 0, NOW_MS));

        assertThat(found.code()).isEqualTo("single-item-records");
        assertThat(found.severity()).isEqualTo(Severity.HINT);
    }

    @Test
    void narrowIds_areAHint() {
        assertThat(only("otlp_spans", 40, i -> Bytes.span("orders", 0, i + 1, 0, NOW_MS))
                        .change())
                .contains("traceId128bit: true");
    }

    @Test
    void clockAhead_namesTheService() {
        Finding found = only(
                "otlp_spans",
                40,
                i -> Bytes.span(i % 2 == 0 ? "orders" : "fast", 7, i + 1, 0, i % 2 == 0 ? NOW_MS : NOW_MS + 90_000));

        assertThat(found.code()).isEqualTo("clock-ahead");
        assertThat(found.seen()).contains("50 % of items", "90 s", "from fast").doesNotContain("orders");
    }

    @Test
    void oldItems_areAWarning() {
        assertThat(only("otlp_spans", 40, i -> Bytes.span("orders", 7, i + 1, 0, NOW_MS - 600_000))
                        .code())
                .isEqualTo("items-old");
    }

    @Test
    void unknownService_isAWarning() {
        assertThat(only("otlp_spans", 40, i -> Bytes.span("unknown_service:java", 7, i + 1, 0, NOW_MS))
                        .change())
                .contains("OTEL_SERVICE_NAME");
    }

    @Test
    void silence_isTellingOfHowLong() {
        SourceTally silent = new SourceTally("kong_logs", decoders.of("kong_logs"));
        silent.end(new TopicState(TopicState.Access.READABLE, 1, 9, NOW_MS - 7_200_000, Map.of()), Slice.NOTHING);

        assertThat(findings(silent))
                .singleElement()
                .satisfies(found -> assertThat(found.seen()).isEqualTo("nothing has arrived for 2 h"));
    }

    @Test
    void topicThatIsNotThere_andOneThatIsDenied_areToldApart() {
        SourceTally missing = new SourceTally("kong_logs", decoders.of("kong_logs"));
        missing.end(TopicState.MISSING, Slice.NOTHING);
        SourceTally denied = new SourceTally("otlp_logs", decoders.of("otlp_logs"));
        denied.end(TopicState.DENIED, Slice.NOTHING);

        assertThat(findings(missing)).extracting(Finding::code).containsExactly("topic-missing");
        assertThat(findings(denied)).extracting(Finding::code).containsExactly("topic-denied");
    }

    @Test
    void tally_keepsABoundedNumberOfSenders() {
        SourceTally tally = tally("otlp_spans", 2_000, i -> Bytes.span("service-" + i, 7, i + 1, 0, NOW_MS));

        assertThat(tally.senders()).hasSize(501);
        assertThat(tally.senders().get(0).getKey()).isEqualTo(SourceTally.OTHER_SENDERS);
        assertThat(tally.senders().stream()
                        .mapToLong(sender -> sender.getValue().spans)
                        .sum())
                .isEqualTo(2_000);
    }

    @Test
    void tally_countsNothingOfARefusedRecord() {
        byte[] good = Bytes.span("orders", 7, 1, 0, NOW_MS);
        SourceTally tally = tally("otlp_spans", 1, i -> java.util.Arrays.copyOf(good, good.length - 1));

        assertThat(tally.bad()).isEqualTo(1);
        assertThat(tally.total().items()).isZero();
    }

    private Finding only(String topic, int records, IntFunction<byte[]> values) {
        List<Finding> found = findings(topic, records, values);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private List<Finding> findings(String topic, int records, IntFunction<byte[]> values) {
        return findings(tally(topic, records, values));
    }

    private static List<Finding> findings(SourceTally tally) {
        return Rule.all(SourceRules.ALL, List.of(new SourceRules.Seen(tally, NOW_MS)))
                .toList();
    }

    private SourceTally tally(String topic, int records, IntFunction<byte[]> values) {
        SourceTally tally = new SourceTally(topic, decoders.of(topic));
        for (int i = 0; i < records; i++) {
            tally.add(record(topic, i, values.apply(i)));
        }
        tally.end(READABLE, new Slice(records, 1000, NOW_MS - 10_000, NOW_MS, false));
        return tally;
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, byte[] value) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                NOW_MS,
                TimestampType.CREATE_TIME,
                0,
                value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
