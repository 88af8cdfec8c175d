package dev.plait.app.doctor;

import static dev.plait.app.doctor.Severity.HINT;
import static dev.plait.app.doctor.Severity.PROBLEM;
import static dev.plait.app.doctor.Severity.WARNING;
import static dev.plait.app.doctor.Words.count;
import static dev.plait.app.doctor.Words.percent;

import dev.plait.app.doctor.SourceRules.Seen;
import dev.plait.ingest.Rejected.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What one input topic says of its senders. Settings are those of formats.md's senders: Kong, Kuma and Envoy, collectors, SDKs. */
final class SourceRules {
    /** A source and the time by which it is judged. */
    record Seen(SourceTally source, long nowMs) {
        ItemCounts total() {
            return source.total();
        }

        boolean isKong() {
            return source.format().equals("kong");
        }

        boolean isMesh() {
            return source.format().equals("envoy");
        }

        /** Lines of text that the source's pattern was not found in. */
        long unmatchedLines() {
            return source.normalised().getOrDefault("unmatched_line", 0L);
        }

        boolean isProgramLog() {
            return source.format().equals("log");
        }

        boolean isOtlp(String signal) {
            return source.format().equals("otlp") && source.signal().equals(signal);
        }
    }

    static final List<Rule<Seen>> ALL = List.of(
            SourceRules::missing,
            SourceRules::denied,
            SourceRules::silent,
            SourceRules::wrongSignal,
            SourceRules::wrapped,
            SourceRules::cutOff,
            SourceRules::badIds,
            SourceRules::unreadable,
            SourceRules::gatewayWithoutTrace,
            SourceRules::meshWithoutTrace,
            SourceRules::logsWithoutTrace,
            SourceRules::unmatchedLines,
            SourceRules::narrowIds,
            SourceRules::nameless,
            SourceRules::clockAhead,
            SourceRules::oldItems,
            SourceRules::badTimes,
            SourceRules::smallRecords,
            SourceRules::largeRecords);

    /** Reasons with a rule of their own. */
    private static final Set<Reason> TOLD = Set.of(
            Reason.WRONG_SIGNAL, Reason.NOT_THIS_FORMAT, Reason.UNEXPECTED_FRAMING, Reason.TRUNCATED, Reason.BAD_ID);

    private static final double MANY = 0.3;
    private static final double SOME = 0.01;
    private static final long SILENT_MS = 60_000;

    private SourceRules() {}

    private static Optional<Finding> missing(Seen seen) {
        return seen.source().state().access() != TopicState.Access.MISSING
                ? Optional.empty()
                : found(
                        seen,
                        PROBLEM,
                        "topic-missing",
                        "the topic of a source is not there",
                        "create it (plait topics create --inputs), or take the source out of sources:");
    }

    private static Optional<Finding> denied(Seen seen) {
        return seen.source().state().access() != TopicState.Access.DENIED
                ? Optional.empty()
                : found(
                        seen,
                        WARNING,
                        "topic-denied",
                        "this user may not read the topic, so nothing is known of it",
                        "grant READ and DESCRIBE on it, also to the engine's user");
    }

    private static Optional<Finding> silent(Seen seen) {
        SourceTally source = seen.source();
        long ageMs = seen.nowMs() - source.state().lastMs();
        if (!source.state().isReadable()
                || source.records() > 0
                || source.state().lastMs() >= 0 && ageMs < SILENT_MS) {
            return Optional.empty();
        }
        return source.state().lastMs() < 0
                ? found(seen, HINT, "source-empty", "nothing has ever arrived", Settings.toSend(source))
                : found(
                        seen,
                        WARNING,
                        "source-silent",
                        "nothing has arrived for " + Words.age(ageMs),
                        "look at the sender's own errors and queue; " + Settings.toSend(source));
    }

    private static Optional<Finding> wrongSignal(Seen seen) {
        return refused(
                seen,
                Reason.WRONG_SIGNAL,
                "wrong-signal",
                "collector: give each signal its own topic (kafka exporter: traces::topic, logs::topic, metrics::topic), "
                        + "or set signal: of this source to what is sent");
    }

    private static Optional<Finding> wrapped(Seen seen) {
        Optional<Finding> format = refused(
                seen,
                Reason.NOT_THIS_FORMAT,
                "body-not-plain",
                "send the body as it is: let Kafka compress (kafka exporter producer::compression: zstd), "
                        + "with encoding: otlp_proto or otlp_json");
        return format.isPresent()
                ? format
                : refused(
                        seen,
                        Reason.UNEXPECTED_FRAMING,
                        "body-framed",
                        "write plain bytes: no schema registry serializer, no gRPC or length prefix "
                                + "(ByteArraySerializer; encoding: otlp_proto)");
    }

    private static Optional<Finding> cutOff(Seen seen) {
        return refused(
                seen,
                Reason.TRUNCATED,
                "cut-off",
                seen.isKong()
                        ? "Kong: udp-log cuts at the datagram's size, a syslog daemon at its own (rsyslog: maxMessageSize); use "
                                + "http-log, tcp-log or kafka-log"
                        : "whatever forwards these cuts them: raise its maximum line or message size");
    }

    private static Optional<Finding> badIds(Seen seen) {
        return refused(
                seen,
                Reason.BAD_ID,
                "bad-ids",
                "the exporter must write 16-byte trace IDs and 8-byte span IDs, not zero; in JSON as hex");
    }

    private static Optional<Finding> refused(Seen seen, Reason reason, String code, String change) {
        Refusals.Refusal refusal = seen.source().refusals().byReason().get(reason);
        if (refusal == null) {
            return Optional.empty();
        }
        double share = SourceTally.share(
                refusal.count(), seen.source().records() + seen.total().items());
        boolean whole = reason == Reason.WRONG_SIGNAL || reason == Reason.NOT_THIS_FORMAT;
        double lost = whole ? SourceTally.share(refusal.count(), seen.source().records()) : share;
        return found(
                seen, Severity.ofLoss(lost), code, count(refusal.count(), reason) + ": " + refusal.example(), change);
    }

    private static Optional<Finding> unreadable(Seen seen) {
        SourceTally source = seen.source();
        List<Map.Entry<Reason, Refusals.Refusal>> others = source.refusals().byReason().entrySet().stream()
                .filter(entry -> !TOLD.contains(entry.getKey()))
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        String reasons = others.stream()
                .map(entry -> count(entry.getValue().count(), entry.getKey()))
                .collect(Collectors.joining(", "));
        return found(
                seen,
                Severity.ofLoss(source.badShare()),
                "unreadable",
                percent(source.badShare()) + " of records hold what cannot be read: " + reasons + "; first: "
                        + others.get(0).getValue().example(),
                Settings.toBeRead(source));
    }

    private static Optional<Finding> gatewayWithoutTrace(Seen seen) {
        return seen.isKong() ? withoutTrace(seen, "gateway-logs-without-trace", Settings.KONG_TRACE) : Optional.empty();
    }

    private static Optional<Finding> meshWithoutTrace(Seen seen) {
        return seen.isMesh() ? withoutTrace(seen, "mesh-logs-without-trace", Settings.MESH_TRACE) : Optional.empty();
    }

    /** A log that can be joined by its request ID is poorer, one that cannot be joined is lost to the trace. */
    private static Optional<Finding> withoutTrace(Seen seen, String code, String change) {
        ItemCounts total = seen.total();
        double share = SourceTally.share(total.accessLogsWithoutTrace, total.accessLogs);
        long lost = total.accessLogsWithoutTrace - total.accessLogsByRequest;
        double lostShare = SourceTally.share(lost, total.accessLogs);
        if (total.accessLogs < Rule.ENOUGH || share < MANY && lostShare < 0.05) {
            return Optional.empty();
        }
        return found(
                seen,
                lostShare >= 0.5 ? PROBLEM : WARNING,
                code,
                percent(share) + " of " + total.accessLogs + " access logs have no trace ID; of these "
                        + percent(SourceTally.share(total.accessLogsByRequest, total.accessLogsWithoutTrace))
                        + " have a request ID to be joined by",
                change);
    }

    private static Optional<Finding> logsWithoutTrace(Seen seen) {
        ItemCounts total = seen.total();
        long without = total.logsWithoutTrace - seen.unmatchedLines(); // of which another rule tells
        double share = SourceTally.share(without, total.logs);
        return !seen.isOtlp("logs") && !seen.isProgramLog() || total.logs < Rule.ENOUGH || share < 0.5
                ? Optional.empty()
                : found(
                        seen,
                        HINT,
                        "logs-without-trace",
                        percent(share) + " of " + total.logs + " log records have no trace ID; most from "
                                + worst(seen, counts -> counts.logsWithoutTrace * 2 > counts.logs),
                        seen.isProgramLog()
                                ? Settings.LOG_TRACE
                                : "log through the SDK's bridge or appender within the request's span "
                                        + "(Java agent; opentelemetry-logback-appender; Python: LoggingHandler)");
    }

    /** They are kept, and are of no trace. */
    private static Optional<Finding> unmatchedLines(Seen seen) {
        double share = SourceTally.share(seen.unmatchedLines(), seen.total().logs);
        return share < SOME
                ? Optional.empty()
                : found(
                        seen,
                        share >= MANY ? WARNING : HINT,
                        "lines-unmatched",
                        percent(share) + " of " + seen.total().logs
                                + " logs are lines in which line-pattern was not found: they have no trace ID, level or time",
                        "line-pattern of this source: a group for each part of the program's layout, trace_id among them, and "
                                + "optional ones as (?:...)?; or let the program log JSON");
    }

    private static Optional<Finding> narrowIds(Seen seen) {
        double share = SourceTally.share(seen.total().narrowIds, seen.total().timed());
        return share < 0.05
                ? Optional.empty()
                : found(
                        seen,
                        HINT,
                        "64-bit-ids",
                        percent(share) + " of items have 64-bit trace IDs, which join by their low half only",
                        "Kuma MeshTrace and Envoy's Zipkin tracer: traceId128bit: true (trace_id_128bit); "
                                + "Kong zipkin plugin: traceid_byte_count: 16; B3 and Jaeger clients: 128 bits");
    }

    private static Optional<Finding> nameless(Seen seen) {
        if (!seen.source().format().equals("otlp") || seen.isOtlp("logs")) {
            return Optional.empty(); // mesh logs over OTLP have no service.name of their own
        }
        long items = seen.source().senders().stream()
                .filter(sender -> sender.getKey().startsWith("unknown_service")
                        || sender.getKey().equals("(unnamed)"))
                .mapToLong(sender -> sender.getValue().items())
                .sum();
        double share = SourceTally.share(items, seen.total().items());
        return share < SOME
                ? Optional.empty()
                : found(
                        seen,
                        WARNING,
                        "service-unnamed",
                        percent(share) + " of items come from a service without a name",
                        "set OTEL_SERVICE_NAME, or the resource attribute service.name, where they are sent");
    }

    private static Optional<Finding> clockAhead(Seen seen) {
        ItemCounts total = seen.total();
        double share = SourceTally.share(total.ahead, total.timed());
        return share < SOME
                ? Optional.empty()
                : found(
                        seen,
                        WARNING,
                        "clock-ahead",
                        percent(share) + " of items ended after Kafka had them, by up to " + Words.age(total.maxAheadMs)
                                + "; from " + worst(seen, counts -> counts.ahead > 0),
                        "keep the clocks of those hosts by NTP (chrony, timesyncd); check the unit of times");
    }

    private static Optional<Finding> oldItems(Seen seen) {
        ItemCounts total = seen.total();
        double share = SourceTally.share(total.behind, total.timed());
        return share < SOME
                ? Optional.empty()
                : found(
                        seen,
                        WARNING,
                        "items-old",
                        percent(share) + " of items came to Kafka more than a minute after they ended, up to "
                                + Words.age(total.maxBehindMs) + "; from " + worst(seen, counts -> counts.behind > 0),
                        "clock behind: NTP; else shorter batches and retries (batch processor timeout: 1s, "
                                + "sending_queue), as a trace closes idle-gap after its last piece");
    }

    private static Optional<Finding> badTimes(Seen seen) {
        long bad = seen.source().normalised().getOrDefault("bad_time", 0L)
                + seen.source().normalised().getOrDefault("no_time", 0L);
        return SourceTally.share(bad, seen.total().items()) < SOME
                ? Optional.empty()
                : found(
                        seen,
                        WARNING,
                        "bad-times",
                        bad + " items have no time, end before they start or last over 30 days",
                        seen.isProgramLog()
                                ? "log the time in ISO 8601 or as an epoch, or give its form as timestamp-format of this source"
                                : "set both start and end, in nanoseconds since the epoch");
    }

    private static Optional<Finding> smallRecords(Seen seen) {
        SourceTally source = seen.source();
        double items = source.records() == 0 ? 0 : (double) seen.total().items() / source.records();
        return !source.format().equals("otlp") || source.records() - source.bad() < 50 || items == 0 || items > 1.5
                ? Optional.empty()
                : found(
                        seen,
                        HINT,
                        "single-item-records",
                        String.format(
                                java.util.Locale.ROOT,
                                "%.1f items a record: each record costs as much as ten items",
                                items),
                        "send batches: collector batch processor (send_batch_size: 512, timeout: 1s); "
                                + "SDK BatchSpanProcessor, not SimpleSpanProcessor");
    }

    private static Optional<Finding> largeRecords(Seen seen) {
        String limit = seen.source().state().settings().get("max.message.bytes");
        int most = seen.source().largestBytes();
        return limit == null || !limit.matches("\\d{1,10}") || most < 0.8 * Long.parseLong(limit)
                ? Optional.empty()
                : found(
                        seen,
                        WARNING,
                        "records-near-limit",
                        "the largest record has " + most + " bytes, the topic takes " + limit
                                + " (compressed): larger batches are refused and lost at the sender",
                        "collector: batch processor send_batch_max_size; or raise max.message.bytes of the topic and "
                                + "producer::max_message_bytes of the kafka exporter together");
    }

    /** Who it is, by name, at most three. */
    private static String worst(Seen seen, Predicate<ItemCounts> is) {
        return seen.source().senders().stream()
                .filter(sender -> is.test(sender.getValue()))
                .limit(3)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static Optional<Finding> found(Seen seen, Severity severity, String code, String what, String change) {
        return Optional.of(new Finding(severity, code, seen.source().topic(), what, change));
    }
}
