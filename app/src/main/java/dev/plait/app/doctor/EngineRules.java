package dev.plait.app.doctor;

import static dev.plait.app.doctor.Severity.HINT;
import static dev.plait.app.doctor.Severity.PROBLEM;
import static dev.plait.app.doctor.Severity.WARNING;

import dev.plait.schemas.topic.TopicContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cluster says of the engine, its topics, and the topics it does not read. */
final class EngineRules {
    static final List<Rule<Examination>> ALL =
            List.of(EngineRules::absent, EngineRules::unsettled, EngineRules::behind, EngineRules::partitions);

    static final List<Rule<OutputState>> OF_OUTPUTS = List.of(EngineRules::missing, EngineRules::settings);

    static final List<Rule<EngineState.Unread>> OF_UNREAD = List.of(EngineRules::unread);

    private static final long FAR_BEHIND_RECORDS = 1_000;
    private static final double FAR_BEHIND_SECONDS = 30;

    private EngineRules() {}

    private static Optional<Finding> absent(Examination seen) {
        GroupState group = seen.engine().after();
        if (group.state().equals(GroupState.DENIED)) {
            return found(
                    WARNING,
                    "engine-denied",
                    group.id(),
                    "this user may not see the group",
                    "grant DESCRIBE on the group");
        }
        return group.members() > 0
                ? Optional.empty()
                : found(
                        PROBLEM,
                        "engine-not-running",
                        group.id(),
                        "no engine is a member of the group; it is " + group.totalLag() + " records behind",
                        "start plait run --config F with this application.id; if it ended, its log says why");
    }

    private static Optional<Finding> unsettled(Examination seen) {
        GroupState group = seen.engine().after();
        return group.members() == 0 || group.state().equals("STABLE")
                ? Optional.empty()
                : found(
                        WARNING,
                        "engine-rebalancing",
                        group.id(),
                        "the group is " + group.state(),
                        "wait and look again; if it stays so, instances come and go: see their logs");
    }

    private static Optional<Finding> behind(Examination seen) {
        GroupState before = seen.engine().before();
        for (Map.Entry<String, Long> lag : seen.engine().after().lag().entrySet()) {
            double rate = seen.engine().inputRates().getOrDefault(lag.getKey(), 0.0);
            double seconds = rate > 0 ? lag.getValue() / rate : Double.NaN;
            long grown = lag.getValue() - before.lag().getOrDefault(lag.getKey(), 0L);
            boolean far = lag.getValue() > FAR_BEHIND_RECORDS && !(seconds < FAR_BEHIND_SECONDS);
            if (far && seen.engine().after().members() > 0) {
                return found(
                        WARNING,
                        "engine-behind",
                        lag.getKey(),
                        lag.getValue() + " records behind" + (rate > 0 ? ", " + Words.age((long) (seconds * 1000)) : "")
                                + (grown > 0 ? ", " + grown + " more than when this run began" : ", not growing"),
                        "more instances of plait run, or application.threads, up to the partitions of the topic; "
                                + "larger batches at the senders cost less");
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> partitions(Examination seen) {
        EngineState engine = seen.engine();
        return engine.recordedPartitions() == 0 || engine.recordedPartitions() == engine.configuredPartitions()
                ? Optional.empty()
                : found(
                        PROBLEM,
                        "partitions-differ",
                        engine.after().id(),
                        "application.partitions is " + engine.configuredPartitions()
                                + ", the application was started with " + engine.recordedPartitions(),
                        "set application.partitions: " + engine.recordedPartitions() + "; state follows it");
    }

    private static Optional<Finding> missing(OutputState output) {
        return switch (output.state().access()) {
            case READABLE -> Optional.empty();
            case MISSING ->
                found(PROBLEM, "topic-missing", output.topic(), "the output topic is not there", "plait topics create");
            case DENIED ->
                found(
                        WARNING,
                        "topic-denied",
                        output.topic(),
                        "this user may not read the topic, so nothing is known of it",
                        "grant READ and DESCRIBE on it");
        };
    }

    private static Optional<Finding> settings(OutputState output) {
        String bytes = output.state().settings().get("max.message.bytes");
        return bytes == null || !bytes.matches("\\d{1,10}") || Long.parseLong(bytes) >= TopicContract.MAX_MESSAGE_BYTES
                ? Optional.empty()
                : found(
                        PROBLEM,
                        "topic-too-small",
                        output.topic(),
                        "max.message.bytes is " + bytes + ": what is larger stops the engine",
                        "set max.message.bytes of the topic to " + TopicContract.MAX_MESSAGE_BYTES);
    }

    private static Optional<Finding> unread(EngineState.Unread topic) {
        return topic.records() == 0
                ? Optional.empty()
                : found(
                        HINT,
                        "topic-unread",
                        topic.topic(),
                        "holds " + topic.records() + " records and no source covers it",
                        "if it is telemetry, add it to sources: { topic: " + topic.topic()
                                + ", format: ..., signal: traces|logs|metrics }");
    }

    private static Optional<Finding> found(Severity severity, String code, String subject, String what, String change) {
        return Optional.of(new Finding(severity, code, subject, what, change));
    }
}
