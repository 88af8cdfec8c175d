package dev.plait.app.doctor;

import java.util.List;

/**
 * What is known of the sinks.
 *
 * @param address of the worker's REST interface; empty when none is known
 * @param problem why it said nothing; empty when it answered or was not asked
 * @param groups consumer groups of sinks, whoever runs them
 */
record ConnectState(String address, String problem, List<SinkState> sinks, List<SinkGroup> groups) {
    ConnectState {
        sinks = List.copyOf(sinks);
        groups = List.copyOf(groups);
    }
}
