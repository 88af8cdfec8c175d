package dev.plait.app.doctor;

import static dev.plait.app.doctor.SourceTally.share;
import static dev.plait.app.doctor.Words.percent;
import static dev.plait.app.doctor.Words.rate;

import dev.plait.app.doctor.TraceTally.Fact;
import dev.plait.app.view.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An examination for people, within 100 columns; what comes from telemetry is made safe to print. */
public final class ReportText {
    private static final int WIDTH = 100;
    private static final int MAX_TEXT = 600;
    private static final int MAX_SENDERS = 5;
    private static final String NONE = "-";

    private final Examination seen;
    private final List<String> lines = new ArrayList<>();

    private ReportText(Examination seen) {
        this.seen = seen;
    }

    public static List<String> of(Examination seen) {
        ReportText report = new ReportText(seen);
        report.lines.add("Kafka at " + Printable.of(seen.bootstrap(), 200) + ", "
                + Words.age(seen.nowMs() - seen.fromMs()) + " looked at, " + seen.records() + " records read");
        report.sources();
        report.joins();
        report.outputs();
        report.deadLetters();
        report.engine();
        report.sinks();
        report.findings();
        return report.lines;
    }

    private void sources() {
        Columns table =
                new Columns("SOURCES", "records/s", "items/s", "KiB/s", "last", "unreadable", "no trace ID", "64-bit");
        boolean cut = false;
        for (SourceTally source : seen.sources()) {
            Slice slice = source.slice();
            ItemCounts total = source.total();
            cut |= slice.cut();
            table.add(
                    source.topic(),
                    access(source.state(), rate(slice.perSecond(source.records()))),
                    rate(slice.perSecond(total.items())),
                    rate(slice.perSecond(slice.bytes()) / 1024),
                    last(source.state()),
                    source.records() == 0 ? NONE : percent(source.badShare()),
                    total.logs == 0 ? NONE : percent(share(total.logsWithoutTrace, total.logs)),
                    total.timed() == 0 ? NONE : percent(share(total.narrowIds, total.timed())));
            senders(table, source);
        }
        section(table);
        if (cut) {
            lines.add("  Of busy topics only the newest records were read; --max-records says how many.");
        }
    }

    private static void senders(Columns table, SourceTally source) {
        List<Map.Entry<String, ItemCounts>> senders = source.senders();
        if (senders.size() == 1 && source.format().equals("kong")) {
            return;
        }
        for (Map.Entry<String, ItemCounts> sender :
                senders.stream().limit(MAX_SENDERS).toList()) {
            ItemCounts counts = sender.getValue();
            table.add(
                    "  " + sender.getKey(),
                    "",
                    rate(source.slice().perSecond(counts.items())),
                    "",
                    "",
                    "",
                    counts.logs == 0 ? "" : percent(share(counts.logsWithoutTrace, counts.logs)),
                    counts.narrowIds == 0 ? "" : percent(share(counts.narrowIds, counts.timed())));
        }
        if (senders.size() > MAX_SENDERS) {
            table.add("  and " + (senders.size() - MAX_SENDERS) + " more", "", "", "", "", "", "", "");
        }
    }

    private void joins() {
        TraceTally traces = seen.traces();
        if (traces.traces() == 0) {
            return;
        }
        Columns table = new Columns("JOINS, of " + traces.traces() + " traces", "traces", "share");
        long all = traces.traces();
        row(table, "complete", traces.with(Fact.COMPLETE), all);
        row(table, "root span seen", traces.with(Fact.ROOT_SEEN), all);
        row(table, "gateway log joined", traces.with(Fact.GATEWAY_LOG_SEEN), all);
        row(table, "a log joined by its request ID", traces.with(Fact.JOINED_BY_REQUEST_ID), all);
        row(table, "only a gateway log", traces.with(Fact.ONLY_GATEWAY_LOG), all);
        row(table, "spans without a gateway log", traces.withoutGatewayLog(), all);
        row(table, "missing parents", traces.with(Fact.MISSING_PARENTS), all);
        row(table, "ambiguous ID", traces.with(Fact.AMBIGUOUS_ID), all);
        row(table, "truncated", traces.with(Fact.TRUNCATED), all);
        row(table, "records that revise another", traces.revised(), traces.records());
        section(table);
    }

    private static void row(Columns table, String what, long part, long whole) {
        table.add(what, Long.toString(part), percent(share(part, whole)));
    }

    private void outputs() {
        Columns table = new Columns("OUTPUTS", "records/s", "last");
        for (OutputState output : seen.outputs()) {
            table.add(
                    output.topic(),
                    access(
                            output.state(),
                            rate(output.slice().perSecond(output.slice().records()))),
                    last(output.state()));
        }
        section(table);
    }

    private void deadLetters() {
        Columns table = new Columns("DEAD LETTERS", "reason", "letters");
        seen.deadLetters()
                .letters()
                .forEach(one -> table.add("from " + one.topic(), one.reason(), Long.toString(one.count())));
        if (!table.isEmpty()) {
            section(table);
        }
    }

    private void engine() {
        GroupState group = seen.engine().after();
        Columns table = new Columns("ENGINE", "records behind");
        group.lag().forEach((topic, lag) -> table.add(topic, Long.toString(lag)));
        section(table);
        lines.add("  group " + group.id() + " is " + group.state() + ": " + many(group.instances(), "instance") + ", "
                + many(group.members(), "thread"));
    }

    private void sinks() {
        ConnectState connect = seen.connect();
        Columns table = new Columns("SINKS", "state", "tasks", "failed", "refused");
        for (SinkState sink : connect.sinks()) {
            long failed = sink.tasks().stream()
                    .filter(task -> task.state().equals(SinkState.FAILED))
                    .count();
            table.add(
                    sink.name(),
                    sink.state(),
                    Integer.toString(sink.tasks().size()),
                    Long.toString(failed),
                    sink.deadLetters().isEmpty() ? NONE : Long.toString(sink.deadLettersInWindow()));
        }
        if (table.isEmpty()) {
            lines.addAll(List.of("", "SINKS"));
        } else {
            section(table);
        }
        if (connect.address().isEmpty()) {
            lines.add("  No Kafka Connect is known; --connect http://host:8083 names one.");
        } else if (!connect.problem().isEmpty()) {
            lines.add("  Kafka Connect at " + Printable.of(connect.address(), 100) + " does not answer.");
        } else if (connect.sinks().isEmpty()) {
            lines.add("  Kafka Connect at " + Printable.of(connect.address(), 100) + " runs no sink.");
        }
        for (SinkGroup sink : connect.groups()) {
            GroupState group = sink.group();
            lines.add("  group " + Printable.of(group.id(), 60) + " is " + group.state() + ", " + group.totalLag()
                    + " records behind");
        }
    }

    private void findings() {
        List<Finding> findings = seen.findings();
        lines.add("");
        lines.add("FINDINGS");
        if (findings.isEmpty()) {
            lines.add("  none: everything that was seen is as it should be");
        }
        for (Finding finding : findings) {
            String head = String.format(java.util.Locale.ROOT, "  %-8s", finding.severity());
            wrap(head + Printable.of(finding.subject(), 80) + ": " + Printable.of(finding.seen(), MAX_TEXT));
            wrap("          -> " + Printable.of(finding.change(), MAX_TEXT));
        }
    }

    /** Words over as many lines as they need, all but the first indented. */
    private void wrap(String text) {
        String indent = " ".repeat(13);
        StringBuilder line = new StringBuilder();
        int start = text.length() - text.stripLeading().length();
        line.append(text, 0, start);
        boolean first = true;
        for (String word : text.substring(start).split(" ", -1)) {
            if (!first && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                line.append(indent);
                first = true;
            }
            line.append(first ? "" : " ").append(word);
            first = false;
        }
        lines.add(line.toString());
    }

    private void section(Columns table) {
        lines.add("");
        lines.addAll(table.lines());
    }

    private String last(TopicState state) {
        return state.lastMs() < 0 ? NONE : Words.age(seen.nowMs() - state.lastMs()) + " ago";
    }

    private static String many(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String access(TopicState state, String otherwise) {
        return switch (state.access()) {
            case READABLE -> otherwise;
            case MISSING -> "missing";
            case DENIED -> "not allowed";
        };
    }
}
