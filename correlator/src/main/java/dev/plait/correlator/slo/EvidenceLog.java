package dev.plait.correlator.slo;

import dev.plait.correlator.DurableBytes;
import dev.plait.correlator.alert.EvidenceCodec;
import dev.plait.correlator.alert.EvidenceSource;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.Alert.Contributor;
import dev.plait.schemas.model.Alert.LogLine;
import dev.plait.schemas.model.Alert.RootCauseShare;
import dev.plait.schemas.model.Alert.TraceExample;
import dev.plait.schemas.model.RootCause;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is known of the bad requests of one SLO key in the last hour: by minute how many had which value (by their own time,
 * yet not after the clock) and which root cause (when it was told), and the best examples of traces (failed ones, the newest)
 * and log lines (the most severe, the newest). At most {@value ValueCounts#LIMIT} values a minute and {@value Examples#LIMIT}
 * examples, texts cut at {@value #TEXT_LENGTH} characters and log lines at {@value #LINE_LENGTH}: in practice 200 to 400 bytes
 * a minute with bad requests, at worst 12 KB.
 */
final class EvidenceLog implements EvidenceSource {
    static final int TEXT_LENGTH = 120;
    static final int LINE_LENGTH = 300;

    private static final long MINUTE_MS = 60_000;
    private static final long KEPT_MINUTES = 60;
    private static final int TRACES = 5;
    private static final int CONTRIBUTORS = 10;
    private static final int ROOT_CAUSES = 5;
    private static final int LOGS = 5;

    private final MinuteCounts contributions;
    private final MinuteCounts causes;
    private final Examples<TraceExample> traces;
    private final Examples<LogLine> logs;
    private long news;
    private long expiredMinute = Long.MIN_VALUE;

    EvidenceLog(DurableBytes pages) {
        contributions = new MinuteCounts("c", pages);
        causes = new MinuteCounts("r", pages);
        traces = new Examples<>(
                "t",
                pages,
                TraceExample::traceId,
                Comparator.comparing((Examples.Example<TraceExample> each) ->
                                !each.value().error())
                        .thenComparing(Examples.Example::minute, Comparator.reverseOrder())
                        .thenComparing(each -> each.value().traceId())
                        .thenComparing(each -> -each.value().durationNanos()),
                EvidenceCodec::writeTrace,
                EvidenceCodec::readTrace);
        logs = new Examples<>(
                "l",
                pages,
                line -> line.service().orElse("") + '\0' + line.body(),
                Comparator.comparingInt((Examples.Example<LogLine> each) -> -severity(each.value()))
                        .thenComparing(Examples.Example::minute, Comparator.reverseOrder())
                        .thenComparing(each -> each.value().body())
                        .thenComparing(each -> each.value().service().orElse(""))
                        .thenComparing(each -> each.value().traceId().orElse("")),
                EvidenceCodec::writeLog,
                EvidenceCodec::readLog);
    }

    void add(SloCount count, long clockMs) {
        if (count.bad() > 0) {
            long minute = Math.floorDiv(Math.min(count.bucketMs(), clockMs), MINUTE_MS);
            contributions.change(minute, counts -> {
                counts.addTotal(count.bad());
                for (SloCount.Contribution each : count.contributions()) {
                    tell(counts.add(List.of(each.dimension(), cut(each.value(), TEXT_LENGTH)), each.bad()));
                }
            });
        }
        addLogs(count.logs(), clockMs);
    }

    void add(SloEvidence evidence, long clockMs) {
        long minute = Math.floorDiv(clockMs, MINUTE_MS);
        if (!evidence.causes().isEmpty()) {
            causes.change(minute, counts -> {
                for (SloEvidence.CauseCount each : evidence.causes()) {
                    counts.addTotal(each.count());
                    tell(counts.add(
                            List.of(
                                    cut(each.service(), TEXT_LENGTH),
                                    cut(each.operation(), TEXT_LENGTH),
                                    each.kind().name()),
                            each.count()));
                }
            });
        }
        if (!evidence.traces().isEmpty()) {
            tell(traces.add(
                    minute,
                    minute - KEPT_MINUTES,
                    evidence.traces().stream().map(EvidenceLog::cut).toList()));
        }
        addLogs(evidence.logs(), clockMs);
    }

    /** Lets go what is more than an hour old, once a minute. */
    void expire(long clockMs) {
        long oldest = Math.floorDiv(clockMs, MINUTE_MS) - KEPT_MINUTES;
        if (oldest > expiredMinute) {
            expiredMinute = oldest;
            contributions.expire(oldest);
            causes.expire(oldest);
            traces.expire(oldest);
            logs.expire(oldest);
        }
    }

    @Override
    public long news() {
        return news;
    }

    @Override
    public Found within(long spanMs, long clockMs) {
        long to = Math.floorDiv(clockMs, MINUTE_MS);
        long from = Math.floorDiv(clockMs - spanMs, MINUTE_MS);
        ValueCounts values = contributions.within(from, to);
        ValueCounts found = causes.within(from, to);
        return new Found(
                new Alert.Evidence(
                        traces.within(from, to, TRACES),
                        values.mostFirst().stream()
                                .limit(CONTRIBUTORS)
                                .map(each -> contributor(each, values.total()))
                                .toList(),
                        found.mostFirst().stream()
                                .limit(ROOT_CAUSES)
                                .map(each -> rootCause(each, found.total()))
                                .toList(),
                        logs.within(from, to, LOGS)),
                values.isPartial() || found.isPartial());
    }

    private void addLogs(List<LogLine> lines, long clockMs) {
        if (!lines.isEmpty()) {
            long minute = Math.floorDiv(clockMs, MINUTE_MS);
            tell(logs.add(
                    minute,
                    minute - KEPT_MINUTES,
                    lines.stream()
                            .map(line -> new LogLine(
                                    line.traceId(), line.service(), line.severity(), cut(line.body(), LINE_LENGTH)))
                            .toList()));
        }
    }

    private void tell(boolean isNew) {
        if (isNew) {
            news++;
        }
    }

    private static Contributor contributor(Map.Entry<List<String>, Long> each, long total) {
        List<String> value = each.getKey();
        return new Contributor(value.get(0), value.get(1), each.getValue(), share(each.getValue(), total));
    }

    private static RootCauseShare rootCause(Map.Entry<List<String>, Long> each, long total) {
        List<String> value = each.getKey();
        return new RootCauseShare(
                value.get(0),
                value.get(1),
                RootCause.Kind.valueOf(value.get(2)),
                each.getValue(),
                share(each.getValue(), total));
    }

    private static double share(long part, long total) {
        return total == 0 ? 0 : Math.min(1, (double) part / total);
    }

    private static int severity(LogLine line) {
        String severity = line.severity().orElse("").toUpperCase(Locale.ROOT);
        if (severity.startsWith("WARN")) {
            return 2;
        }
        return severity.isEmpty()
                        || severity.startsWith("INFO")
                        || severity.startsWith("DEBUG")
                        || severity.startsWith("TRACE")
                        || severity.startsWith("NOTICE")
                ? 1
                : 3;
    }

    private static TraceExample cut(TraceExample trace) {
        return new TraceExample(
                trace.traceId(),
                cut(trace.service(), TEXT_LENGTH),
                trace.route().map(route -> cut(route, TEXT_LENGTH)),
                trace.status(),
                trace.durationNanos(),
                trace.error());
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + '…';
    }
}
