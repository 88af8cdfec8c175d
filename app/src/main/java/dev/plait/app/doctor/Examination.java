package dev.plait.app.doctor;

import java.util.List;
import java.util.stream.Stream;

/** All that a run saw. {@code nowMs} is when it ended, {@code fromMs} when its window begins. */
public final class Examination {
    private final String bootstrap;
    private final long fromMs;
    private final long nowMs;
    private final List<SourceTally> sources;
    private final TraceTally traces;
    private final DeadLetterTally deadLetters;
    private final List<OutputState> outputs;
    private final EngineState engine;
    private final ConnectState connect;

    Examination(
            String bootstrap,
            long fromMs,
            long nowMs,
            List<SourceTally> sources,
            TraceTally traces,
            DeadLetterTally deadLetters,
            List<OutputState> outputs,
            EngineState engine,
            ConnectState connect) {
        this.bootstrap = bootstrap;
        this.fromMs = fromMs;
        this.nowMs = nowMs;
        this.sources = List.copyOf(sources);
        this.traces = traces;
        this.deadLetters = deadLetters;
        this.outputs = List.copyOf(outputs);
        this.engine = engine;
        this.connect = connect;
    }

    /** What to change, worst first. */
    public List<Finding> findings() {
        return Stream.of(
                        Rule.all(
                                SourceRules.ALL,
                                sources.stream()
                                        .map(one -> new SourceRules.Seen(one, nowMs))
                                        .toList()),
                        Rule.all(JoinRules.ALL, List.of(this)),
                        Rule.all(EngineRules.ALL, List.of(this)),
                        Rule.all(EngineRules.OF_OUTPUTS, outputs),
                        Rule.all(EngineRules.OF_UNREAD, engine.unread()),
                        Rule.all(SinkRules.ALL, connect.sinks()),
                        Rule.all(SinkRules.OF_GROUPS, connect.groups()),
                        Rule.all(SinkRules.OF_CONNECT, List.of(connect)))
                .flatMap(found -> found)
                .sorted(java.util.Comparator.comparing(Finding::severity))
                .toList();
    }

    String bootstrap() {
        return bootstrap;
    }

    long fromMs() {
        return fromMs;
    }

    long nowMs() {
        return nowMs;
    }

    List<SourceTally> sources() {
        return sources;
    }

    TraceTally traces() {
        return traces;
    }

    DeadLetterTally deadLetters() {
        return deadLetters;
    }

    List<OutputState> outputs() {
        return outputs;
    }

    EngineState engine() {
        return engine;
    }

    ConnectState connect() {
        return connect;
    }

    /** Whether any access log came, of any gateway or mesh. */
    boolean hasAccessLogs() {
        return sources.stream().anyMatch(source -> source.total().accessLogs > 0);
    }

    long records() {
        return sources.stream().mapToLong(SourceTally::records).sum()
                + outputs.stream().mapToLong(output -> output.slice().records()).sum();
    }
}
