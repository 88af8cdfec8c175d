package dev.plait.app.doctor;

import static dev.plait.app.doctor.Severity.HINT;
import static dev.plait.app.doctor.Severity.PROBLEM;
import static dev.plait.app.doctor.Severity.WARNING;

import java.util.List;
import java.util.Optional;

/** What Kafka Connect and its groups say of the sinks. */
final class SinkRules {
    static final List<Rule<SinkState>> ALL = List.of(SinkRules::failed, SinkRules::paused, SinkRules::deadLetters);

    static final List<Rule<SinkGroup>> OF_GROUPS = List.of(SinkRules::behind, SinkRules::undelivered, SinkRules::stuck);

    static final List<Rule<ConnectState>> OF_CONNECT = List.of(SinkRules::unreachable);

    private static final long FAR_BEHIND_RECORDS = 1_000;

    /** Workers tell Kafka every 60 s what was delivered, unless they are set to do so more often. */
    private static final long COMMITTED_BY_MS = 90_000;

    private SinkRules() {}

    private static Optional<Finding> failed(SinkState sink) {
        List<SinkState.Task> tasks = sink.tasks().stream()
                .filter(task -> task.state().equals(SinkState.FAILED))
                .toList();
        boolean connector = sink.state().equals(SinkState.FAILED);
        if (!sink.hasFailed()) {
            return Optional.empty();
        }
        String what = connector
                ? "the connector"
                : tasks.size() + " of " + sink.tasks().size() + " tasks";
        return found(
                PROBLEM,
                "sink-failed",
                sink.name(),
                what + " failed: " + (connector ? sink.trace() : tasks.get(0).trace()),
                "remove the cause: plait connect and plait up start it again by themselves, within 5 minutes; a worker of "
                        + "another kind is told to by POST /connectors/" + sink.name()
                        + "/restart?includeTasks=true&onlyFailed=true");
    }

    private static Optional<Finding> paused(SinkState sink) {
        return !sink.state().equals("PAUSED") && !sink.state().equals("STOPPED")
                ? Optional.empty()
                : found(
                        HINT,
                        "sink-paused",
                        sink.name(),
                        "is " + sink.state(),
                        "PUT /connectors/" + sink.name() + "/resume");
    }

    private static Optional<Finding> deadLetters(SinkState sink) {
        return sink.deadLettersInWindow() == 0
                ? Optional.empty()
                : found(
                        WARNING,
                        "sink-dead-letters",
                        sink.name(),
                        sink.deadLettersInWindow() + " records were refused by the backend, now on "
                                + sink.deadLetters(),
                        "their headers __connect.errors.* say why "
                                + "(errors.deadletterqueue.context.headers.enable: true)");
    }

    private static Optional<Finding> behind(SinkGroup seen) {
        GroupState group = seen.group();
        boolean told = seen.failed() && group.members() == 0; // by sink-failed, with what to do
        return group.totalLag() <= FAR_BEHIND_RECORDS || told
                ? Optional.empty()
                : found(
                        WARNING,
                        group.members() == 0 ? "sink-not-running" : "sink-behind",
                        group.id(),
                        group.totalLag() + " records behind, " + group.members() + " tasks are members",
                        group.members() == 0
                                ? "start the worker, or delete the group if the connector is gone"
                                : "more tasks (tasks.max, up to the topic's partitions), or a faster backend");
    }

    /** A backend that takes nothing, such as one whose certificate is not trusted, fails no task: its records wait. */
    private static Optional<Finding> undelivered(SinkGroup seen) {
        GroupState group = seen.group();
        return group.members() == 0 || group.neverCommitted() == 0
                ? Optional.empty()
                : found(
                        WARNING,
                        "sink-undelivered",
                        group.id(),
                        group.neverCommitted() + " records are in partitions of which none was ever delivered",
                        "unless it started just now: the worker's log and JMX dev.plait:type=sink (LastProblem) say what "
                                + "the backend answers");
    }

    /** It has delivered, and then no more: its backend answers nothing, or with what makes the sink wait. */
    private static Optional<Finding> stuck(SinkGroup seen) {
        GroupState group = seen.group();
        boolean certain = seen.betweenMs() >= COMMITTED_BY_MS;
        return group.members() == 0 || seen.waitingMs() < COMMITTED_BY_MS
                ? Optional.empty()
                : found(
                        certain ? PROBLEM : WARNING,
                        "sink-stuck",
                        group.id(),
                        group.totalLag() + " records wait, the oldest for " + Words.age(seen.waitingMs())
                                + "; none that waited was delivered in the " + Words.age(seen.betweenMs())
                                + " of this run",
                        (certain ? "" : "look again with --for 2m; if it stays so, ")
                                + "the worker's log and JMX dev.plait:type=sink (LastProblem) say what the backend answers");
    }

    private static Optional<Finding> unreachable(ConnectState connect) {
        return connect.problem().isEmpty()
                ? Optional.empty()
                : found(
                        WARNING,
                        "connect-unreachable",
                        connect.address(),
                        "Kafka Connect does not answer: " + connect.problem(),
                        "start the worker, or give its address with --connect http://host:8083");
    }

    private static Optional<Finding> found(Severity severity, String code, String subject, String what, String change) {
        return Optional.of(new Finding(severity, code, subject, what, change));
    }
}
