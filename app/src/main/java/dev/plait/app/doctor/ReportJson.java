package dev.plait.app.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plait.app.doctor.TraceTally.Fact;
import java.util.Locale;
import java.util.Map;

/** An examination for machines: one JSON object. Field names are API; fields are only added. Shares are 0 to 1. */
public final class ReportJson {
    private static final int MAX_SENDERS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportJson() {}

    public static String of(Examination seen) {
        ObjectNode report = JSON.createObjectNode();
        report.put("bootstrap", seen.bootstrap());
        report.put("fromMs", seen.fromMs());
        report.put("untilMs", seen.nowMs());
        ArrayNode sources = report.putArray("sources");
        seen.sources().forEach(source -> source(sources.addObject(), source));
        traces(report.putObject("traces"), seen.traces());
        ArrayNode outputs = report.putArray("outputs");
        seen.outputs().forEach(output -> {
            ObjectNode node = outputs.addObject();
            topic(node, output.topic(), output.state(), output.slice());
        });
        ArrayNode letters = report.putArray("deadLetters");
        seen.deadLetters()
                .letters()
                .forEach(one -> letters.addObject()
                        .put("topic", one.topic())
                        .put("reason", one.reason())
                        .put("count", one.count())
                        .put("example", one.example()));
        engine(report.putObject("engine"), seen.engine());
        sinks(report.putObject("sinks"), seen.connect());
        ArrayNode findings = report.putArray("findings");
        seen.findings()
                .forEach(finding -> findings.addObject()
                        .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                        .put("code", finding.code())
                        .put("subject", finding.subject())
                        .put("seen", finding.seen())
                        .put("change", finding.change()));
        return report.toPrettyString();
    }

    private static void topic(ObjectNode node, String topic, TopicState state, Slice slice) {
        node.put("topic", topic);
        node.put("access", state.access().name().toLowerCase(Locale.ROOT));
        node.put("partitions", state.partitions());
        node.put("lastMs", state.lastMs());
        node.put("records", slice.records());
        node.put("recordsPerSecond", slice.perSecond(slice.records()));
        node.put("bytesPerSecond", slice.perSecond(slice.bytes()));
        node.put("cut", slice.cut());
    }

    private static void source(ObjectNode node, SourceTally source) {
        topic(node, source.topic(), source.state(), source.slice());
        node.put("format", source.format());
        node.put("signal", source.signal());
        ObjectNode tags = node.putObject("tags");
        source.tags().forEach(tags::put);
        node.put("unreadableRecords", source.bad());
        node.put("unreadableShare", source.badShare());
        node.put("ignoredRecords", source.ignored());
        node.put("largestBytes", source.largestBytes());
        counts(node, source.total(), source.slice());
        ArrayNode refusals = node.putArray("refusals");
        source.refusals()
                .byReason()
                .forEach((reason, refusal) -> refusals.addObject()
                        .put("reason", reason.name())
                        .put("count", refusal.count())
                        .put("example", refusal.example()));
        ObjectNode normalised = node.putObject("normalised");
        source.normalised().forEach(normalised::put);
        ArrayNode senders = node.putArray("senders");
        for (Map.Entry<String, ItemCounts> sender :
                source.senders().stream().limit(MAX_SENDERS).toList()) {
            ObjectNode one = senders.addObject().put("name", sender.getKey());
            counts(one, sender.getValue(), source.slice());
        }
    }

    private static void counts(ObjectNode node, ItemCounts counts, Slice slice) {
        node.put("items", counts.items());
        node.put("itemsPerSecond", slice.perSecond(counts.items()));
        node.put("spans", counts.spans);
        node.put("logs", counts.logs);
        node.put("points", counts.points);
        node.put("accessLogs", counts.accessLogs);
        node.put("logsWithoutTraceId", counts.logsWithoutTrace);
        node.put("accessLogsWithoutTraceId", counts.accessLogsWithoutTrace);
        node.put("accessLogsByRequestId", counts.accessLogsByRequest);
        node.put("narrowTraceIds", counts.narrowIds);
        node.put("itemsAhead", counts.ahead);
        node.put("maxAheadMs", counts.maxAheadMs);
        node.put("itemsOld", counts.behind);
        node.put("maxOldMs", counts.maxBehindMs);
    }

    private static void traces(ObjectNode node, TraceTally traces) {
        node.put("traces", traces.traces());
        node.put("records", traces.records());
        node.put("revisions", traces.revised());
        node.put("late", traces.late());
        node.put("complete", traces.with(Fact.COMPLETE));
        node.put("rootSeen", traces.with(Fact.ROOT_SEEN));
        node.put("gatewayLogSeen", traces.with(Fact.GATEWAY_LOG_SEEN));
        node.put("joinedByRequestId", traces.with(Fact.JOINED_BY_REQUEST_ID));
        node.put("onlyGatewayLog", traces.with(Fact.ONLY_GATEWAY_LOG));
        node.put("withoutGatewayLog", traces.withoutGatewayLog());
        node.put("missingParents", traces.with(Fact.MISSING_PARENTS));
        node.put("ambiguousId", traces.with(Fact.AMBIGUOUS_ID));
        node.put("truncated", traces.with(Fact.TRUNCATED));
        node.put("skewed", traces.with(Fact.SKEWED));
        node.put("unreadable", traces.unreadable());
        ObjectNode orphans = node.putObject("spansWithMissingParent");
        traces.orphans().stream().limit(MAX_SENDERS).forEach(entry -> orphans.put(entry.getKey(), entry.getValue()));
    }

    private static void engine(ObjectNode node, EngineState engine) {
        group(node, engine.after());
        node.put("totalLagBefore", engine.before().totalLag());
        ArrayNode unread = node.putArray("unreadTopics");
        engine.unread()
                .forEach(one -> unread.addObject().put("topic", one.topic()).put("records", one.records()));
    }

    private static void group(ObjectNode node, GroupState group) {
        node.put("group", group.id());
        node.put("state", group.state());
        node.put("instances", group.instances());
        node.put("members", group.members());
        node.put("totalLag", group.totalLag());
        ObjectNode lag = node.putObject("lag");
        group.lag().forEach(lag::put);
    }

    private static void sinks(ObjectNode node, ConnectState connect) {
        node.put("address", connect.address());
        node.put("problem", connect.problem());
        ArrayNode connectors = node.putArray("connectors");
        for (SinkState sink : connect.sinks()) {
            ObjectNode one = connectors.addObject();
            one.put("name", sink.name());
            one.put("state", sink.state());
            one.put("trace", sink.trace());
            one.put("deadLetterTopic", sink.deadLetters());
            one.put("deadLetters", sink.deadLettersInWindow());
            ArrayNode tasks = one.putArray("tasks");
            sink.tasks()
                    .forEach(task -> tasks.addObject()
                            .put("id", task.id())
                            .put("state", task.state())
                            .put("trace", task.trace()));
        }
        ArrayNode groups = node.putArray("groups");
        connect.groups().forEach(sink -> group(groups.addObject(), sink.group()));
    }
}
